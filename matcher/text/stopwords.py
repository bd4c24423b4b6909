"""Words that carry no meaning of their own. Kept short: idf does the rest."""

ENGLISH_STOPWORDS = frozenset(
    """
    a about above after again against all also am among an and any are as at be because been
    before being below between both but by can could did do does doing down during each either
    else etc few for from further had has have having he her here hers him his how however i if
    in into is it its itself just may me might more most must my neither no nor not now of off
    on once one only onto or other our ours out over own per same she should since so some such
    than that the their them then there these they this those through thus to too under until up
    upon us very via was we were what when where whether which while who whom whose why will
    with within without would yet you your
    """.split()
)

CHINESE_STOPWORDS = frozenset(
    """
    的 了 和 与 及 或 在 是 为 对 以 于 由 从 到 将 被 把 其 该 此 这 那 之 而 并 且 等 也 都 就
    还 很 更 最 个 种 各 所 有 无 中 上 下 内 外 后 前 可 能 会 要 使 使得 以及 并且 或者 如果
    因为 所以 但是 然而 通过 根据 具有 一种 一个 这个 那个 我们 他们 它们 它 他 她 我 你 您 进行
    其中 什么 哪些 哪个 多少 谁 哪里 怎么 如何 吗 呢 吧 啊 年 月 日 不 没 没有 做
    一些 一家 一台 一点 每 约 左右 已 已经 目前 现在 以前 还是 才 又 再 去 来 好 多
    """.split()
)
