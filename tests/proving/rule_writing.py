"""Rules as text, whose examples are no part of what is tested."""

__all__ = ["EXCEPTION", "rule_text"]

EXCEPTION = '[[unless]]\nreason = { en = "no", nl = "nee" }\n[unless.measure]\n'
_EXAMPLES = (
    '[[example]]\ntitle = "yes"\nexpect = "{verdict}"\n[[example.measure]]\n'
    '[[example]]\ntitle = "no"\nexpect = "not-applicable"\n[[example.measure]]\n'
)


def rule_text(title: str, when: str, *, verdict: str = "conflict", head: str = "", tail: str = "") -> str:
    """A rule as its file has it.

    Args:
        title: in both languages.
        when: the tests under `[when.measure]`; empty where `tail` has all conditions.
        verdict: what it says.
        head: further keys before the first table; may name another principle than `p`.
        tail: further tables.
    """
    both = f'{{ en = "{title}", nl = "{title}" }}'
    principle = "" if "principle" in head else 'principle = "p"\n'
    tests = f"[when.measure]\n{when}\n" if when else ""
    return (
        f'title = {both}\n{principle}ground = "policy"\nverdict = "{verdict}"\ndimension = "substance"\nsources = ["TFEU 1"]\n'
        f'rationale = {both}\nmessage = {{ en = "{{measure}} is {title}", nl = "{{measure}} is {title}" }}\n{head}\n'
        f"{tests}{tail}\n{_EXAMPLES.format(verdict=verdict)}"
    )
