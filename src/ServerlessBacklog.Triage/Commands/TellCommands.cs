using System.Text;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Waits;

namespace ServerlessBacklog.Triage.Commands;

/// <summary>Commands that only tell something.</summary>
public sealed class TellCommands(IBacklogStore store, IPendingStore pending, Why why, Objections objections)
{
    public static CommandEffect Help(HelpCommand command)
    {
        if (command.Topic is { } topic && CommandWords.Find(topic) is { } words)
            return new CommandEffect($"`{CommandText.Prefix} {words.Form}`: {words.Does} ({Words(words.Right)}).");
        var text = new StringBuilder("What can be said, one command a line:\n\n");
        foreach (var known in CommandWords.All)
            text.Append($"- `{CommandText.Prefix} {known.Form}`: {known.Does} ({Words(known.Right)})\n");
        return new CommandEffect(text.ToString());
    }

    public async Task<CommandEffect> StatusAsync(Saying saying, CancellationToken cancellation)
    {
        var decision = (await store.DecisionsAsync(saying.Backlog, saying.Item, cancellation)).FirstOrDefault(d => d.By is null);
        var asks = (await pending.AsksAsync(saying.Backlog, saying.Item, cancellation)).Where(a => !a.IsSettled).ToList();
        var waits = (await pending.WaitsAsync(saying.Backlog, saying.Item, cancellation)).Where(w => w.State == WaitState.Waiting).ToList();
        var held = (await store.OverridesAsync(saying.Backlog, saying.Item, cancellation)).Where(o => !(o.Until <= saying.At)).ToList();
        List<string> lines =
        [
            decision is null ? "Nothing is decided here yet." : $"Decided on {decision.DecidedAt:yyyy-MM-dd} (`{decision.Id}`): {decision.Reason}",
            .. asks.Select(a => a.State == AskState.Snoozed
                ? $"Put off by {a.By} until {a.SnoozedUntil:yyyy-MM-dd}: {string.Join("; ", a.Changes)}."
                : $"Asked since {a.OpenedAt:yyyy-MM-dd}{(a.Until is { } until ? $", until {until:yyyy-MM-dd}" : "")}: {string.Join("; ", a.Changes)}."),
            .. waits.Select(w => $"Announced for {w.DueAt:yyyy-MM-dd}, approved by {w.By}: {w.Close.Describe()}. `{CommandText.Prefix} keep` stops it."),
            .. held.Select(o => o.IsPin ? $"Pinned: {o.Explain()}." : $"Held back: {o.Slot}{(o.Value is null ? "" : $" {o.Value}")}, by {o.By} on {o.At:yyyy-MM-dd}."),
        ];
        return new CommandEffect(string.Join('\n', lines.Select(l => $"- {l}")));
    }

    public async Task<CommandEffect> WhyAsync(Saying saying, WhyCommand command, CancellationToken cancellation) =>
        new(await why.OfAsync(saying.Backlog, saying.Item, command.Decision, cancellation));

    public async Task<CommandEffect> ObjectAsync(Saying saying, ObjectCommand command, CancellationToken cancellation)
    {
        var objection = await objections.AddAsync(saying.Backlog, saying.By.Login, command.Because, saying.Item, saying.At, cancellation);
        return new CommandEffect($"Your objection is recorded as number {objection.Number}. Until it is answered, nothing here may do more than it does today.");
    }

    public static string Words(CommandRight right) => right switch
    {
        CommandRight.Anybody => "anybody",
        CommandRight.AuthorOrTriager => "the author, or whoever may triage",
        _ => "whoever may triage",
    };
}
