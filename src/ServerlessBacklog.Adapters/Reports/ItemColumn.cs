using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Adapters.Reports;

/// <summary>A column of the table of all items. The script formats later rows by <see cref="Format"/> as <see cref="Text"/> does here.</summary>
/// <param name="Format"><c>text</c>, <c>number</c>, <c>share</c> or <c>days</c>.</param>
internal sealed record ItemColumn(string Header, string Format, Func<ReportItem, object?> Value)
{
    public bool IsNumber => Format != "text";

    private static readonly ItemColumn[] All =
    [
        new("Priority score", "number", i => i.Score is { } score ? Math.Round(score, 3) : null),
        new("Next", "text", i => i.NextAct),
        new("Type", "text", i => i.Item.Type),
        new("Area", "text", i => i.Area),
        new("Priority", "text", i => i.Priority),
        new("Assignee", "text", i => i.Assignee),
        new("Clarity", "share", i => i.Clarity is { } clarity ? Math.Round(clarity, 2) : null),
        new("Points", "number", i => i.Points is { } points ? Math.Round(points, 1) : null),
        new("Age", "days", i => i.AgeDays),
        new("Silent", "days", i => i.SilentDays is { } days ? Math.Round(days) : null),
    ];

    /// <summary>The columns that at least one item fills.</summary>
    public static IReadOnlyList<ItemColumn> FilledBy(IReadOnlyList<ReportItem> items) => [.. All.Where(c => items.Any(i => c.Value(i) is not null))];

    public string Text(ReportItem item) => (Format, Value(item)) switch
    {
        (_, null) => "",
        ("share", double share) => Show.Percent(share),
        ("days", var days) => Show.Days(Convert.ToDouble(days)),
        ("number", double number) => Show.Score(number),
        var (_, value) => Cut($"{value}"),
    };

    public static string Cut(string text) => text.Length <= 60 ? text : text[..(char.IsHighSurrogate(text[58]) ? 58 : 59)] + "…";
}
