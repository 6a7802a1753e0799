using System.Globalization;
using System.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Comments;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>What the steps would have done without shadow mode, as Markdown for people who decide whether to let them. Pure.</summary>
public static class ShadowDigest
{
    private const int Surest = 10;

    /// <param name="decisions">The newest on each open item.</param>
    /// <param name="titles">By item; one that is missing is shown by its name.</param>
    public static string Of(string backlog, DateTimeOffset now, IReadOnlyCollection<Decision> decisions, IReadOnlyDictionary<WorkItemRef, string> titles, IReadOnlyDictionary<(WorkItemRef, string), string> reasons)
    {
        var would = (from decision in decisions
                     from change in decision.Changes
                     where change.Verdict == Verdict.Drop && change.WouldBe != Verdict.Drop
                     select (decision.Item, Change: change)).ToList();
        var text = new StringBuilder($"# What would have been done in {Plain(backlog)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"As of {now.UtcDateTime:yyyy-MM-dd}. Nothing of this was written: the steps are in shadow mode.\n\n");
        if (would.Count == 0)
            return text.Append(CultureInfo.InvariantCulture, $"Nothing: of {decisions.Count:N0} decisions none would have led to a change.\n").ToString();
        text.Append("| step | would apply | would ask | items |\n|---|---:|---:|---:|\n");
        foreach (var step in would.GroupBy(w => w.Change.Step).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {step.Key} | {step.Count(w => w.Change.WouldBe == Verdict.Apply):N0} | {step.Count(w => w.Change.WouldBe == Verdict.Ask):N0} | {step.Select(w => w.Item).Distinct().Count():N0} |\n");
        }

        text.Append("\n## The surest\n\n");
        foreach (var (item, change) in would.OrderByDescending(w => w.Change.Confidence.Value).ThenBy(w => w.Item.ToKey(), StringComparer.Ordinal).Take(Surest))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {Plain(item.ToString())} {Plain(titles.GetValueOrDefault(item, ""))}: would {(change.WouldBe == Verdict.Ask ? "ask whether to " : "")}{Plain(change.Change.Describe())} ({change.Step}, {change.Confidence.Value:0.00}).");
            if (reasons.TryGetValue((item, change.Step), out var reason))
                text.Append(CultureInfo.InvariantCulture, $" {Plain(reason)}");
            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Text of trackers on one line, with nothing in it that Markdown or HTML would take for its own, and no name that calls anybody.</summary>
    private static string Plain(string text)
    {
        var line = string.Join(' ', PlainCharacters.Of(text).Split(['\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));
        var safe = new StringBuilder(line.Length);
        foreach (var c in line.Length <= 200 ? line : line[..200] + "…")
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '!')
                safe.Append('\\');
            // Whoever puts the digest into a tracker calls nobody by it.
            _ = c == '@' ? safe.Append("(at)") : safe.Append(c);
        }

        return safe.ToString();
    }
}
