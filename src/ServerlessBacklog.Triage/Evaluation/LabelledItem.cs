using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Evaluation;

/// <summary>An item of a labelled data set; its own fields are the labels. Where the set has no titles, <see cref="WorkItem.Title"/> is empty.</summary>
/// <param name="Place">Where it stands in its files, read one after the other: the order of time where there are neither dates nor numbers.</param>
/// <param name="Split">The set's own mark: <c>train</c>, <c>val</c>, <c>test</c>; null when it has none.</param>
public sealed record LabelledItem(WorkItem Item, int Place, string? Split)
{
    public string Project => Item.Ref.Project;

    /// <summary>Whether a reader called it vague (docs/rubrics/clarity.md); null where nobody judged it.</summary>
    public bool? Vague { get; init; }

    /// <summary>Whether a reader would put it into the archive (docs/rubrics/low-value.md); null where nobody judged it.</summary>
    public bool? LowValue { get; init; }

    /// <summary>What protects it from the archive, in a reader's words; null where nothing does.</summary>
    public string? Protected { get; init; }

    /// <summary>True for one that is measured on and never developed on.</summary>
    public bool IsHeldOut { get; init; }
}

/// <summary>What is measured on.</summary>
/// <param name="Items">All of <c>--data</c>, or <c>--train</c>.</param>
/// <param name="Test">What <c>--test</c> gave; null where the items are to be divided by time.</param>
public sealed record LabelledData(IReadOnlyList<LabelledItem> Items, IReadOnlyList<LabelledItem>? Test = null)
{
    /// <summary>The encoder that the models may use; null without one.</summary>
    public ITextEncoder? Encoder { get; init; }

    public bool HasTitles => Items.Any(i => i.Item.Title.Length > 0);
}
