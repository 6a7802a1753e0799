using System.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Comments;

namespace ServerlessBacklog.Triage.Audit;

/// <summary>The reasons as a short comment: the newest decision that led to something, or one that was asked for.</summary>
internal static class WhyMarkdown
{
    private const int MostEvidence = 6;
    private const int MostAlternatives = 4;
    private const int Longest = 200;

    public static string Of(WhyItem why, string? decision)
    {
        // What people commanded they know; what is asked for is what the system did.
        var own = why.Acts.Where(a => a.Step != PersonalDecision.Step).ToList();
        var chosen = decision ?? (own.Find(a => a.At is not null) ?? (own is [var newest, ..] ? newest : why.Acts is [var personal, ..] ? personal : null))?.Decision;
        var acts = why.Acts.Where(a => a.Decision == chosen).ToList();
        var text = new StringBuilder();
        if (acts.Count == 0)
            text.Append(decision is null ? "Nothing was done, asked or proposed here.\n" : $"The decision `{decision}` led to nothing here, or is of another item.\n");
        foreach (var act in acts)
            Add(text, act);
        if (acts.Count > 0)
            text.Append($"\nDecision `{chosen}` of {acts[0].DecidedAt:yyyy-MM-dd}, policy `{acts[0].Policy}`, content `{acts[0].Content}`{(acts[0].Settings is { } settings ? $", settings `{settings}`" : "")}.\n");
        foreach (var held in why.Held)
            text.Append($"\n{(held.IsPin ? "Pinned" : "Held back")}: {held.Slot}; {Short(held.Explain())}.\n");
        var others = why.Acts.Select(a => a.Decision).Distinct().Where(d => d != chosen).ToList();
        if (others.Count > 0)
            text.Append($"\nEarlier decisions: {string.Join(", ", others.Take(5).Select(d => $"`/backlog why {d}`"))}.\n");

        var named = acts.Select(a => Named(a.Change)).OfType<WorkItemRef>().ToList();
        return new OutgoingText { Home = why.Item, MayName = named }.Clean(text.ToString()).Text
            ?? "The reasons quote what looks like a secret, so they are not shown here. `backlog decisions why` shows them to whoever runs the system.";
    }

    private static void Add(StringBuilder text, WhyAct act)
    {
        text.Append($"**{Short(act.Change.Describe())}**: {Short(act.State)}");
        text.Append(act.By is { } by ? $", {by}{(act.Note is { } note ? $" (“{Short(note)}”)" : "")}\n\n" : "\n\n");
        Line(text, "Why", act.Reason is { } reason ? $"{Short(reason)}{(act.IsLater ? " (what is known of it is newer than the decision)" : "")}" : "nothing is kept of what was found");
        Line(text, "By", $"{act.Step}{(act.StepVersion is { } version ? $" version {version}" : "")}{Models(act)}");
        Line(text, "Sure", $"{act.Confidence}; {act.Rule}{(act.Thresholds is { } at ? $" (asked from {at.AskAt:0.00}, applied from {at.ApplyAt:0.00})" : "")}");
        if (act.Before is not null || act.After is not null)
            Line(text, "Changed", $"{Short(act.Before ?? "nothing")} → {Short(act.After ?? "nothing")}");
        foreach (var evidence in act.Evidence.Take(MostEvidence))
            text.Append($"  - {evidence.Kind}: {Short(evidence.Text)}{(evidence.Quote is { } quote ? $" “{Short(quote)}”" : "")}\n");
        if (act.Evidence.Count > MostEvidence)
            text.Append($"  - and {act.Evidence.Count - MostEvidence} more facts\n");
        foreach (var other in act.Alternatives.Take(MostAlternatives))
            Line(text, "Instead", Short(other));
        foreach (var way in act.Contest)
            Line(text, "If it is wrong", way);
        text.Append('\n');
    }

    private static string Models(WhyAct act) => act.Models.Count == 0
        ? ", without a language model"
        : string.Concat(act.Models.Take(3).Select(m => $", {m.Model} asked by prompt {m.Prompt} {m.Version} (`{m.Hash}`){(m.IsAnswered ? "" : $": {m.Result}")}"));

    private static void Line(StringBuilder text, string name, string what) => text.Append($"- {name}: {what}\n");

    private static WorkItemRef? Named(Change change) => change switch
    {
        AddLink link => link.Target,
        Close close => close.Canonical,
        Consolidate gathered => gathered.Canonical,
        _ => null,
    };

    /// <summary>One line, so that nothing that somebody wrote begins a line of ours.</summary>
    private static string Short(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Longest ? line : $"{line[..Longest]}…";
    }
}
