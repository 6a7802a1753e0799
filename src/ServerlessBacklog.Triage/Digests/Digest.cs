namespace ServerlessBacklog.Triage.Digests;

/// <summary>
/// One message to people, as a document: what it says, not how it looks. E-mail, Markdown, Adaptive Card and Block Kit are rendered from it, so that they
/// say the same.
/// </summary>
public sealed record Digest
{
    /// <summary>More than that do not fit beside each other.</summary>
    public const int MostHeadlines = 4;

    public required DigestKind Kind { get; init; }

    public required string Backlog { get; init; }

    public required string Title { get; init; }

    /// <summary>The moment of the data, not of the sending.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>As all forms name it: <c>1 Jun 2026, 12:00 UTC</c>.</summary>
    public string AsOfText => $"{AsOf.UtcDateTime:d MMM yyyy, HH:mm} UTC";

    /// <summary>Every number that any text of this digest names, by the query that it comes from.</summary>
    public required IReadOnlyList<DigestFigure> Figures { get; init; }

    /// <summary>The figures that stand above all else, at most <see cref="MostHeadlines"/>.</summary>
    public IReadOnlyList<DigestHeadline> Headlines { get; init; } = [];

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

/// <param name="Change">What became of it since the last digest, in a clause; null when nothing is known of it.</param>
/// <param name="Tone">Whether the change is for the better.</param>
public sealed record DigestHeadline(DigestFigure Figure, string? Change = null, DigestTone Tone = DigestTone.Neutral);

public enum DigestTone
{
    Neutral,
    Better,
    Worse,
}

/// <summary>A heading and what stands under it, in this order: lines, items, table, chart, actions. All texts are plain.</summary>
public sealed record DigestSection(string Heading)
{
    public IReadOnlyList<string> Lines { get; init; } = [];

    public IReadOnlyList<DigestItem> Items { get; init; } = [];

    /// <summary>Items of this kind that are not shown here.</summary>
    public int More { get; init; }

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
