namespace ServerlessBacklog.Analysis.Clarity;

/// <summary>A part that a clear item has.</summary>
public enum ItemPart
{
    /// <summary>A title that tells this item from others.</summary>
    Title,

    /// <summary>Enough said beyond the title.</summary>
    Description,

    /// <summary>How to see the problem.</summary>
    Steps,

    /// <summary>What goes wrong: in words, error text, log or picture.</summary>
    Actual,

    /// <summary>What should happen.</summary>
    Expected,

    /// <summary>Version, platform, environment.</summary>
    Environment,

    /// <summary>What to change, build or find out.</summary>
    What,

    /// <summary>Words that say one thing: no "some", "seems", "improve" without a measure.</summary>
    Wording,

    /// <summary>Page, file, module or other item that it is about.</summary>
    Where,

    /// <summary>Who needs it, or which problem it solves.</summary>
    Why,

    /// <summary>How one sees that it is done.</summary>
    Done,
}

/// <summary>Names of the parts for people, and which kinds of item need which.</summary>
public static class RequiredParts
{
    /// <summary>
    /// Parts with weights that sum to 1. Own choice within the issue templates of GitHub, Bugzilla and Azure DevOps; weights set by
    /// hand on the tuning rows of the labelled set (docs/rubrics/clarity.md).
    /// </summary>
    public static IReadOnlyList<(ItemPart Part, double Weight)> Of(ItemKind kind) => kind switch
    {
        ItemKind.Bug =>
        [
            .. Common, (ItemPart.Steps, 0.07), (ItemPart.Actual, 0.07), (ItemPart.Expected, 0.04), (ItemPart.Environment, 0.07),
        ],
        ItemKind.Feature => [.. Common, (ItemPart.Why, 0.12), (ItemPart.Done, 0.13)],
        ItemKind.Task => [.. Common, (ItemPart.What, 0.12), (ItemPart.Done, 0.13)],
        ItemKind.Question => [.. Common, (ItemPart.Why, 0.25)],
        _ => [.. Common, (ItemPart.What, 0.12), (ItemPart.Why, 0.13)],
    };

    private static readonly (ItemPart Part, double Weight)[] Common =
        [(ItemPart.Title, 0.10), (ItemPart.Description, 0.20), (ItemPart.Where, 0.20), (ItemPart.Wording, 0.25)];

    /// <summary>The part in words; lists and comments use them, so they stay stable.</summary>
    public static string NameOf(ItemPart part, ItemKind kind) => part switch
    {
        ItemPart.Title => "a telling title",
        ItemPart.Description => "a fuller description",
        ItemPart.Steps => "steps to reproduce",
        ItemPart.Actual => "actual result",
        ItemPart.Expected => "expected result",
        ItemPart.Environment => "version or environment",
        ItemPart.What => "what to change",
        ItemPart.Where => "where it is",
        ItemPart.Wording => "definite wording",
        ItemPart.Why when kind == ItemKind.Feature => "who needs it and why",
        ItemPart.Why => "the reason",
        _ when kind == ItemKind.Feature => "acceptance criteria",
        _ => "done condition",
    };
}
