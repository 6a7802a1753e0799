namespace ServerlessBacklog.Triage.Digests;

/// <summary>What one person could take next, and what they carry. Nothing of anybody else's stands in it.</summary>
public static class PersonalDigest
{
    public static Digest Build(DigestInput input)
    {
        var person = input.Person ?? throw new ArgumentException("A personal digest is for somebody.", nameof(input));
        var report = input.View.Report;
        var book = new FigureBook(report.AsOf);
        var items = new DigestItems(report);
        var load = report.Loads.FirstOrDefault(l => string.Equals(l.Login, person, StringComparison.OrdinalIgnoreCase));
        return new Digest
        {
            Kind = DigestKind.Personal,
            Backlog = report.Name,
            Title = input.Next.Count == 1 ? "Your next one" : "Your next items",
            AsOf = report.AsOf,
            Headlines = load is null ? [] :
            [
                new DigestHeadline(
                    book.Figure("load.carried", load.Carried == 1 ? "open item is yours" : "open items are yours", load.Carried, $"{load.Carried:N0}"),
                    load.Carried > load.Capacity ? $"you have room for {book.Count("load.capacity", "Your capacity", load.Capacity)}" : null,
                    load.Carried > load.Capacity ? DigestTone.Worse : DigestTone.Neutral),
            ],
            Sections =
            [
                new DigestSection("What you could take next")
                {
                    Lines = input.Next.Count > 0 ? [] : [book.Quote("next.why", input.WhyNoNext ?? "Nothing is free, unblocked and examined.")],
                    Items = [.. input.Next.Select(n => items.Of(n.Item, $"{n.Why}, priority {book.Number("next.score", "Priority score", n.Score)}. {book.Quote("next.reason", n.Reason)}"))],
                },
            ],
            Figures = book.All,
            Page = input.Page,
            Preferences = input.Preferences,
        };
    }
}
