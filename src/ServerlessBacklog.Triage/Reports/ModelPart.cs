namespace ServerlessBacklog.Triage.Reports;

/// <summary>What language models had a part in, by prompt; empty when none was asked.</summary>
internal static class ModelPart
{
    public static IReadOnlyList<ModelRow> Build(ExaminedBacklog backlog) =>
    [
        .. backlog.Findings.SelectMany(f => f.Consulted)
            .GroupBy(c => (c.Prompt, c.Model))
            .OrderBy(g => g.Key.Prompt, StringComparer.Ordinal).ThenBy(g => g.Key.Model, StringComparer.Ordinal)
            .Select(g => new ModelRow(
                g.Key.Prompt,
                g.Key.Model,
                g.Count(c => c.IsAnswered),
                g.Count(c => c.Reused),
                [.. g.Where(c => !c.IsAnswered).CountBy(c => c.Result).Select(r => new Tally(r.Key.Replace('_', ' '), r.Value)).OrderByDescending(t => t.Count).ThenBy(t => t.Name, StringComparer.Ordinal)],
                g.Sum(c => c.InputTokens),
                g.Sum(c => c.CachedTokens),
                g.Sum(c => c.OutputTokens))),
    ];
}

/// <param name="Answered">Findings on open items in which it had a part.</param>
/// <param name="Reused">Those of them whose answer was kept from before.</param>
/// <param name="Failed">Findings that stand by rules alone, by why there was no answer.</param>
/// <param name="InputTokens">That these findings took, those of <paramref name="CachedTokens"/> among them.</param>
public sealed record ModelRow(
    string Prompt, string Model, int Answered, int Reused, IReadOnlyList<Tally> Failed, long InputTokens, long CachedTokens, long OutputTokens);
