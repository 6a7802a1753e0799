using ServerlessBacklog.Triage.Insights;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Digests;

/// <summary>Who carries what, and who is overloaded. It rates nobody: open items against what people said they can carry.</summary>
internal static class PeopleSection
{
    private const int Most = 5;

    public static DigestSection Of(BacklogReport report, PeopleForecast people, FigureBook book)
    {
        var carrying = report.Loads.Where(l => l.Carried > 0).OrderByDescending(l => l.Carried - l.Capacity).ThenByDescending(l => l.Carried).ToList();
        if (carrying.Count == 0)
            return new DigestSection("Who carries what") { Lines = ["No open item is assigned to a person, so nobody's load is known."] };
        var over = carrying.Count(l => l.Carried > l.Capacity);
        return new DigestSection("Who carries what")
        {
            Lines =
            [
                over == 0 ? "Nobody carries more than their capacity." : $"{book.Count("loads.over", over, "person carries", "people carry")} more than their capacity.",
                .. people.People.Where(p => p.Rebalance is not null).Take(Most).Select(p => book.Quote("people.rebalance", p.Rebalance!.Sentence)),
            ],
            Table = new DigestTable(
                ["Person", "Carries", "Capacity", "Proposed"],
                [.. carrying.Take(Most).Select(l => (IReadOnlyList<string>)
                [
                    l.Login, book.Count("loads.carried", "Open items carried", l.Carried), book.Count("loads.capacity", "Capacity", l.Capacity), book.Count("loads.proposed", "Proposed in addition", l.Proposed),
                ])]),
            More = ManagerDigest.More(book, carrying.Count - Most),
        };
    }
}
