using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Adapters.Notifications.Rendering;

/// <summary>Takes a digest's rows, then its last sections away until what is rendered fits; what is left out is counted.</summary>
internal static class DigestCut
{
    private static readonly int[] Levels = [60, 25, 12, 6, 3, 1, 0];

    /// <param name="fits">Whether a service takes what was rendered. It takes a digest without sections.</param>
    public static T ToFit<T>(Digest digest, Func<Digest, T> render, Func<T, bool> fits)
    {
        foreach (var rows in Levels)
        {
            if (render(WithRows(digest, rows)) is { } rendered && fits(rendered))
                return rendered;
        }

        var bare = WithRows(digest, 0);
        var best = render(WithSections(bare, 0));
        for (var (low, high) = (1, digest.Sections.Count - 1); low <= high;)
        {
            var middle = (low + high) / 2;
            if (render(WithSections(bare, middle)) is { } rendered && fits(rendered))
                (best, low) = (rendered, middle + 1);
            else
                high = middle - 1;
        }

        return best;
    }

    private static Digest WithRows(Digest digest, int most) => digest with { Sections = [.. digest.Sections.Select(s => WithRows(s, most))] };

    private static DigestSection WithRows(DigestSection section, int most)
    {
        var (items, rows) = (section.Items.Take(most).ToList(), section.Table?.Rows.Take(most).ToList());
        return section with
        {
            Lines = [.. section.Lines.Take(Math.Max(most, 2))],
            Items = items,
            Table = rows is { Count: > 0 } ? section.Table! with { Rows = rows } : null,
            More = section.More + section.Items.Count - items.Count + (section.Table?.Rows.Count - rows?.Count ?? 0),
        };
    }

    private static Digest WithSections(Digest digest, int most) => digest with
    {
        Sections = [.. digest.Sections.Take(most), new DigestSection("What did not fit") { More = digest.Sections.Count - most, Lines = ["This message would have become too long."] }],
    };
}
