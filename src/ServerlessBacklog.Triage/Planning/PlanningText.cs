using System.Globalization;

namespace ServerlessBacklog.Triage.Planning;

/// <summary>A planning pack as Markdown. Titles and questions are other people's words and stay words.</summary>
public static class PlanningText
{
    /// <param name="plain">For a terminal: the same lines, with nothing escaped.</param>
    public static string Of(PlanningPack pack, bool plain = false)
    {
        var lines = new List<string> { $"# Planning: {Words(pack.Backlog)}", "" };
        lines.AddRange(Times(pack));
        var (open, ready) = (pack.Items.Where(i => i.NeedsDiscussion).ToList(), pack.Items.Where(i => !i.NeedsDiscussion).ToList());
        lines.AddRange(["", $"## To discuss ({open.Count})", ""]);
        foreach (var item in open)
        {
            lines.Add(Line(item));
            lines.AddRange(item.Open.Select(o => $"  - {Words(o)}"));
        }

        lines.AddRange(["", $"## Ready, to be read out ({ready.Count})", ""]);
        lines.AddRange(ready.Select(Line));
        return string.Join('\n', lines).TrimEnd() + "\n";

        string Line(PlannedItem item) => string.Create(
            CultureInfo.InvariantCulture,
            $"- {(item.Rank is { } rank ? $"{rank}. " : "")}{Words(item.Item.Ref.Number)} {Words(item.Item.Title)}{(item.Points is { } points ? $" ({points:0.#} points)" : "")}");

        string Words(string text) => plain ? OneLine(text) : Escaped(OneLine(text));
    }

    private static IEnumerable<string> Times(PlanningPack pack)
    {
        var (before, after) = (pack.Model.Before(pack.Items), pack.Model.After(pack.Items));
        yield return string.Create(CultureInfo.InvariantCulture, $"Model: {before:0.#} min before, {after:0.#} min after ({TimeModel.Formula}).");
        yield return $"Inputs: {pack.Model.Inputs(pack.Items)}.";
        var (with, without) = (pack.Meetings.Where(m => m.WithPack).ToList(), pack.Meetings.Where(m => !m.WithPack).ToList());
        yield return pack.Meetings.Count == 0
            ? "No real meeting was entered: these times are a model and no measurement (--minutes, --minutes-before)."
            : $"Entered by people: {Mean(without)} before, {Mean(with)} with a pack.{(with.Count == 0 || without.Count == 0 ? " Both are needed for a comparison." : "")}";
    }

    private static string Mean(List<PlanningMeeting> meetings) => meetings.Count == 0
        ? "no meeting"
        : string.Create(CultureInfo.InvariantCulture, $"{meetings.Average(m => m.Minutes):0.#} min (mean of {meetings.Count})");

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Escaped(string text)
    {
        foreach (var sign in "\\`*_[]<>|~")
            text = text.Replace(sign.ToString(), $"\\{sign}", StringComparison.Ordinal);
        return text.Replace("@", "@\u200b", StringComparison.Ordinal).Replace("#", "#\u200b", StringComparison.Ordinal).Replace("://", ":\u200b//", StringComparison.Ordinal);
    }
}
