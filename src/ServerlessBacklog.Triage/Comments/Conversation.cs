using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Comments;

/// <summary>
/// The questions that were put to people on one item, and whether they answered. Read from what is stored, so that it lasts as long as the item does: an
/// answer may come months later, after any number of restarts.
/// </summary>
/// <param name="Rounds">How often something was asked; questions that changed before anybody replied are one round.</param>
/// <param name="HasReply">True when a person wrote after the last round began.</param>
public sealed record Conversation(int Rounds, bool HasReply)
{
    /// <summary>After so many rounds a person takes over (FEATURES Q3).</summary>
    public const int MostRounds = 2;

    public static Conversation None { get; } = new(0, false);

    /// <summary>True when all rounds were answered: what is still open then is nothing to ask for a third time.</summary>
    public bool IsOver => Rounds >= MostRounds && HasReply;

    /// <param name="decisions">Those on the item.</param>
    /// <param name="outcomes">What became of them: only a comment that was written has asked anybody.</param>
    public static Conversation Of(WorkItem item, IEnumerable<Decision> decisions, IEnumerable<DecisionOutcome> outcomes)
    {
        var asking = decisions.Where(d => d.Questions.Count > 0).Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        var asked = outcomes
            .Where(o => asking.Contains(o.Decision) && o.Changes.Any(c => c is { State: ChangeState.Applied, Change: AddComment }))
            .Select(o => o.At).Order().ToList();
        var replies = item.History.Comments.Where(c => !c.IsOurs && !c.Author.IsBot).Select(c => c.At).ToList();
        var rounds = 0;
        DateTimeOffset? last = null;
        foreach (var at in asked)
        {
            if (last is { } before && !replies.Exists(r => r > before && r <= at))
                continue;
            (rounds, last) = (rounds + 1, at);
        }

        return new Conversation(rounds, last is { } began && replies.Exists(r => r > began));
    }
}
