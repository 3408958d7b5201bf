"""The few words that every memo has, by language."""

FRAME = {
    "en": {
        "memo": "Memo for the file",
        "sources": "Sources",
        "limits": "Limits",
        "foot": "Facts as of {day} · lawbook {edition} · not legal advice",
    },
    "zh": {
        "memo": "存档备忘录",
        "sources": "来源",
        "limits": "限制",
        "foot": "事实截至{day} · 法律资料{edition} · 非法律意见",
    },
}
