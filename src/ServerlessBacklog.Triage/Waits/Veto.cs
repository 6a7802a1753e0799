using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Waits;

/// <summary>What ends a wait before its day. Pure. Only what people do counts: comments and edits of bots, ours among them, move nothing.</summary>
/// <param name="State"><see cref="WaitState.Vetoed"/> for an objection, which is remembered; <see cref="WaitState.CalledOff"/> where it no longer applies.</param>
/// <param name="By">Who objected; null where nobody did, or it is not known who.</param>
/// <param name="Why">In one clause, to follow "but".</param>
public sealed record Veto(WaitState State, string? By, string Why)
{
    /// <param name="item">As it is in its tracker now.</param>
    /// <param name="notice">As it stands there now; null when it is not there.</param>
    /// <param name="against">Those who gave the notice a thumbs-down and may: the author, and whoever may triage.</param>
    /// <param name="overrides">What people decided on the item.</param>
    public static Veto? Find(
        Wait wait, WorkItem item, NoticeLook? notice, IReadOnlyList<Person> against, IReadOnlyCollection<HumanOverride> overrides, WaitSettings settings, DateTimeOffset now)
    {
        if (overrides.LastOrDefault(o => o.Forbids(wait.Close, now)) is { } kept)
            return Objection(kept.By, $"{kept.By} wants it kept open");
        if (!item.IsOpen)
            return new Veto(WaitState.CalledOff, null, "it was closed meanwhile");
        if (settings.KeepLabels.FirstOrDefault(item.HasLabel) is { } label)
            return Objection(item.History.Events.LastOrDefault(e => e.Kind == "labeled" && string.Equals(e.Value, label, StringComparison.OrdinalIgnoreCase))?.Actor?.Login, $"it has the label '{label}'");
        if (notice is null)
            return Objection(null, "the notice of it was deleted");
        if (item.History.WrittenByPeople().FirstOrDefault(c => c.At > notice.At) is { } comment)
            return Objection(comment.Author.Login, $"{comment.Author} wrote a comment");
        if (against is [var person, ..])
            return Objection(person.Login, $"{person} is against it");
        return Notice.TextOf(item) != wait.Text ? Objection(null, "its text was edited") : null;
    }

    /// <summary>The objection as it is remembered: this close of this item is never proposed again.</summary>
    public HumanOverride Remember(Wait wait, DateTimeOffset at) => HumanOverride.Refusing(wait.Close, By ?? "somebody", at) with { Because = Why };

    private static Veto Objection(string? by, string why) => new(WaitState.Vetoed, by, why);
}
