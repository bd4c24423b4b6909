"""Texts for property tests: arbitrary characters, and words of both languages put together."""

from hypothesis import strategies as st

WORDS = (
    "graphene coating coatings Q235B 10kV the of don't company’s X-ray café 3.5 finance financial "
    "石墨烯 涂层 防腐 假 电池 的 和 石墨烯防腐涂层 ， 。 , . / - · ( ) 10% ² × の é \n"
).split(" ")

sentences = st.lists(st.sampled_from(WORDS), max_size=12).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda blank: blank.join(words))
)
texts = sentences | st.text(max_size=40)
