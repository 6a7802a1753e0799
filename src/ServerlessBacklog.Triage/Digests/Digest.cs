namespace ServerlessBacklog.Triage.Digests;

/// <summary>
/// One message to people, as a document: what it says, not how it looks. E-mail, Markdown, Adaptive Card and Block Kit are rendered from it, so that they
/// say the same.
/// </summary>
public sealed record Digest
{
    public required DigestKind Kind { get; init; }

    public required string Backlog { get; init; }

    public required string Title { get; init; }

    /// <summary>The moment of the data, not of the sending.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Every number that any text of this digest names, by the query that it comes from.</summary>
    public required IReadOnlyList<DigestFigure> Figures { get; init; }

    public required IReadOnlyList<DigestSection> Sections { get; init; }

    /// <summary>The page that shows more; null where no page is served.</summary>
    public Uri? Page { get; init; }

    /// <summary>Where whoever gets it says no to more; null where there is no such page.</summary>
    public Uri? Preferences { get; init; }
}

public enum DigestKind
{
    Manager,
    Team,
    Personal,
    Alert,
    Approval,
}

/// <param name="Query">What it counts, as a path into the report: <c>counts.open</c>, <c>health.score</c>.</param>
/// <param name="Text">As texts name it: <c>1,204</c>, <c>85 %</c>.</param>
public sealed record DigestFigure(string Query, string Label, double Value, string Text);

/// <summary>A heading and what stands under it, in this order: lines, items, table, chart, actions. All texts are plain.</summary>
public sealed record DigestSection(string Heading)
{
    public IReadOnlyList<string> Lines { get; init; } = [];

    public IReadOnlyList<DigestItem> Items { get; init; } = [];

    public DigestTable? Table { get; init; }

    public DigestChart? Chart { get; init; }

    public IReadOnlyList<DigestAction> Actions { get; init; } = [];
}

/// <param name="Name">As people name it: <c>#12</c>, <c>owner/repo#12</c>.</param>
/// <param name="Note">Why it is here, in a clause.</param>
public sealed record DigestItem(string Name, string Title, Uri? Link, string? Note);

/// <param name="Columns">Their heads; a column whose cells are all numbers is set to the right.</param>
public sealed record DigestTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <param name="Alt">What it shows, for those who do not see it.</param>
/// <param name="Labels">Of the points on the x axis, the same for each series.</param>
public sealed record DigestChart(string Title, string Alt, ChartForm Form, IReadOnlyList<string> Labels, IReadOnlyList<ChartSeries> Series);

public enum ChartForm
{
    Bars,
    Lines,
}

public sealed record ChartSeries(string Name, IReadOnlyList<double> Values);

/// <summary>Something that the reader can do by a link.</summary>
public sealed record DigestAction(string Label, Uri Link);
