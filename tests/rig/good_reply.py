"""A reply in which the gate finds nothing, at any level, written to a member of whom some words are known."""


def good_reply(words: str, *, again: str = "jeudi soir", question: str = "Comment vous sentez-vous ?") -> str:
    """`words` are the member's, four of them or more; `again` is when we write again."""
    return (
        f"Bonjour, merci de nous avoir écrit. Quand vous dites « {words} », j'entends combien c'est lourd en "
        f"ce moment. {question} Le 3114 vous écoute jour et nuit, gratuitement. Si vous êtes en danger "
        "maintenant, appelez le 15 ou le 112. Vous pouvez me répondre ici, à ce message : je le lis chaque "
        f"jour de 9 h à 21 h. Je vous réécris {again}. Léa, modératrice, Forum Exemple"
    )
