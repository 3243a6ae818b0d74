"""The page of the one rule that no pack writes: files of evidence are those that were meant."""

from gonogo.documents.blocks import Bullets, Document, Heading, Item, Paragraph, Ref, joined
from gonogo.explaining.phrases import template
from gonogo.packs.policy import Rule


def own_page(rule: Rule) -> Document:
    """What the rule looks at, what comes of it, and what to do."""
    evidence = Ref("evidence")
    about = joined("Every item under ", evidence, " in a manifest that has a path and a SHA-256.")
    return (
        Heading(1, joined(Ref(rule.key), f": {rule.title}")),
        Paragraph(
            "This is gonogo's own rule, of class house: no law asks for it, and no edit of a pack "
            "takes it away. A report lists it only where it does not hold."
        ),
        Heading(2, "What it looks at"),
        Paragraph(joined(about, " The file is opened, hashed and compared.")),
        Heading(2, "What comes of it"),
        Bullets(
            (
                Item("The file has that SHA-256: it counts as evidence."),
                Item("It has another: the rule fails, and the verdict is NO-GO."),
                Item(
                    "It is missing or may not be read: the rule is unknown, and the verdict is "
                    "UNDETERMINED unless something else makes it NO-GO."
                ),
            )
        ),
        Paragraph(
            "Both are so under every profile, on any date, and no waiver covers them. A SHA-256 "
            "shows which bytes were meant, not that a letter is genuine."
        ),
        Heading(2, "What to do"),
        Paragraph(template(rule.fix or ())),
        Paragraph(
            joined(
                Ref("sha256sum FILE"),
                " prints a file's digest. Paths are below the manifest's folder, or below the "
                "folder of ",
                Ref("--evidence-root"),
                ".",
            )
        ),
    )
