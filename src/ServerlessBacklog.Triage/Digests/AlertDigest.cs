namespace ServerlessBacklog.Triage.Digests;

/// <summary>A message about one cause, sent when it comes about and not again until it has cleared.</summary>
public static class AlertDigest
{
    /// <param name="cause">What is wrong, in a few words: the title.</param>
    /// <param name="lines">What was seen and what would help.</param>
    /// <param name="figures">The numbers that the texts name; others may not stand in them.</param>
    public static Digest Build(
        string backlog, DateTimeOffset asOf, string cause, IReadOnlyList<string> lines, IReadOnlyList<DigestItem> items, IReadOnlyList<DigestFigure> figures, Uri? page = null, Uri? preferences = null)
    {
        var book = new FigureBook(asOf);
        foreach (var figure in figures)
            book.Figure(figure.Query, figure.Label, figure.Value, figure.Text);
        return new Digest
        {
            Kind = DigestKind.Alert,
            Backlog = backlog,
            Title = cause,
            AsOf = asOf,
            Sections = [new DigestSection("What we saw") { Lines = lines, Items = items }],
            Figures = book.All,
            Page = page,
            Preferences = preferences,
        };
    }
}
