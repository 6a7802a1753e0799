using System.Globalization;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Commands;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.People;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Questions;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Chat;

/// <summary>
/// Talks with a person of a chat, with the rights that they have in the tracker: a command on an item that is named first, a question, a button. What would
/// change something is shown as a plan, and done when the same person confirms it.
/// </summary>
public sealed class ChatTalk(IBacklogStore store, ChatItems items, CommandDesk commands, ChatDesk questions, AnswerDesk answers, TrackerRoles roles, TimeProvider time)
{
    private const int MostListed = 10;

    private readonly ConfirmTokens tokens = new(store, time);

    public async Task<ChatReply> HeardAsync(IOrchestrationClient client, ChatRequest request, PersonRecord person, CancellationToken cancellation)
    {
        if (request.Text.Length == 0 || request.Text.Equals("help", StringComparison.OrdinalIgnoreCase))
            return new ChatReply(Help());
        var (known, said) = await items.FindAsync(request.Text, cancellation);
        var found = known.Count < 2 ? known : [.. await known.ToAsyncEnumerable().Where(async (f, stop) => await MaySeeAsync(person, f.Item, stop)).ToListAsync(cancellation)];
        return (found, said) switch
        {
            (_, null) => await AskedAsync(client, request, person, cancellation),
            ([], _) => new ChatReply("There is no such item here."),
            ([var (backlog, item)], _) => await ToldAsync(client, request, person, backlog, item, said, cancellation),
            _ => new ChatReply($"That may be {string.Join(" or ", found.Take(5).Select(f => $"{f.Item} in {f.Backlog}"))}. Write it in full."),
        };
    }

    public async Task<ChatReply> PressedAsync(IOrchestrationClient client, ChatRequest request, PersonRecord person, CancellationToken cancellation)
    {
        if (request is not { Backlog: { } backlog, Item: { } item })
            return new ChatReply("That button is not of here. Nothing was done.");
        if (Who(person, item.Tracker) is not { } who)
            return NoLogin(item.Tracker, request);
        if (request.Act == ChatAct.Confirm)
        {
            if (request.PlannedFor != request.User)
                return new ChatReply("Only the person who asked for it can confirm that. Nothing was done.");
            return Said(await questions.AnswerAsync(client, new ChatAsk(backlog, who, "", request.Text), cancellation), request) with { Replaces = true };
        }

        if (await roles.OfAsync(item, who, cancellation) < TrackerRole.Triager && roles.Knows(item))
            return new ChatReply($"By your role in {item.Project} you may not answer for its items: a maintainer has to.");
        var yes = request.Act == ChatAct.Approve;
        var reply = await answers.AnswerAsync(client, backlog, item, request.Decision, new ApprovalAnswer(yes, who.Login, request.Because), cancellation);
        return new ChatReply(reply.Kind == AnswerKind.Taken ? $"{(yes ? "Approved" : "Rejected")} by {who.Login} on {item.Project}#{item.Number}." : reply.Why!);
    }

    /// <summary>A command on one item.</summary>
    private async Task<ChatReply> ToldAsync(IOrchestrationClient client, ChatRequest request, PersonRecord person, string backlog, WorkItemRef item, string said, CancellationToken cancellation)
    {
        if (Who(person, item.Tracker) is not { } who)
            return NoLogin(item.Tracker, request);
        if (await MayNotSeeAsync(item, who, cancellation))
            return new ChatReply($"By your role in {item.Project} you may not see its items.");
        var saying = new Saying(backlog, item, who, request.At, said, request.Key) { IsOperator = !roles.Knows(item) };
        var preview = await commands.PreviewAsync(saying, cancellation);
        if (preview.Why is { } why)
            return new ChatReply(why);
        var command = CommandParser.Parse(said).Command!;
        if (command is HelpCommand or WhyCommand or StatusCommand or NextCommand)
            return new ChatReply((await commands.DoAsync(client, saying, cancellation)).Reply);
        var (token, _) = await tokens.SealAsync(backlog, preview.Item!, said, who, cancellation);
        return new ChatReply($"**{CommandText.Prefix} {CommandParser.Shown(said)}** on {item.Project}#{item.Number}: {CommandWords.Of(command).Does}. Nothing is done before you confirm.")
        {
            Plan = new ChatPlanned(backlog, item, token, request.User),
        };
    }

    /// <summary>Words that begin with no item: about the only backlog, or the one that is named first.</summary>
    private async Task<ChatReply> AskedAsync(IOrchestrationClient client, ChatRequest request, PersonRecord person, CancellationToken cancellation)
    {
        var all = await SeenAsync(person, cancellation);
        var named = all.Where(b => request.Text.StartsWith($"{b}:", StringComparison.OrdinalIgnoreCase)).MaxBy(b => b.Length);
        if (named is null && all.Count != 1)
            return new ChatReply(all.Count == 0 ? "There is no backlog here yet." : $"Say of which backlog, and a colon: `{CommandText.Prefix} {all[0]}: {request.Text}`. There is: {string.Join(", ", all.Take(20))}.");
        var backlog = named ?? all[0];
        var source = await store.CursorAsync(backlog, ImportItems.SourceCursor, cancellation) is { } text ? SourceAddress.Parse(text) : null;
        if (Who(person, source?.Tracker ?? "") is not { } who)
            return NoLogin(source!.Tracker, request);
        if (source is not null && await MayNotSeeAsync(new WorkItemRef(source.Tracker, source.Location, "1"), who, cancellation))
            return new ChatReply($"By your role in {source.Location} you may not see its items.");
        return Said(await questions.AnswerAsync(client, new ChatAsk(backlog, who, named is null ? request.Text : request.Text[(named.Length + 1)..].Trim()), cancellation), request, backlog);
    }

    /// <summary>What somebody may not see in the tracker is not named to them here.</summary>
    private async Task<IReadOnlyList<string>> SeenAsync(PersonRecord person, CancellationToken cancellation)
    {
        var seen = new List<string>();
        foreach (var backlog in await store.BacklogsAsync(cancellation))
        {
            if (await store.CursorAsync(backlog, ImportItems.SourceCursor, cancellation) is not { } text || SourceAddress.Parse(text) is var source
                && await MaySeeAsync(person, new WorkItemRef(source.Tracker, source.Location, "1"), cancellation))
                seen.Add(backlog);
        }

        return seen;
    }

    private async Task<bool> MaySeeAsync(PersonRecord person, WorkItemRef item, CancellationToken cancellation) =>
        !roles.Knows(item) || (Who(person, item.Tracker) is { } who && !await MayNotSeeAsync(item, who, cancellation));

    private async Task<bool> MayNotSeeAsync(WorkItemRef item, Person who, CancellationToken cancellation) => roles.Knows(item) && await roles.OfAsync(item, who, cancellation) == TrackerRole.None;

    private static ChatReply Said(ChatAnswer answer, ChatRequest request, string? backlog = null)
    {
        IEnumerable<string> lines =
        [
            answer.Text,
            .. answer.Items.Take(MostListed).Select(i => $"• #{i.Ref.Number} {i.Title}{(i.Note.Length > 0 ? $" ({i.Note})" : "")}"),
            .. answer.Items.Count > 0 && answer.Total > Math.Min(answer.Items.Count, MostListed) ? [$"… and {answer.Total - Math.Min(answer.Items.Count, MostListed)} more"] : (IEnumerable<string>)[],
            .. answer.Figures.Take(MostListed).Select(f => string.Create(CultureInfo.InvariantCulture, $"• {f.Name}: {f.Value:0.##} {f.What}")),
            .. answer.Readings.Select(r => $"• {CommandText.Prefix} {r}"),
            .. answer.Query is { } query ? [$"Looked up: {query}; as of {answer.AsOf?.UtcDateTime:yyyy-MM-dd HH:mm} UTC."] : (IEnumerable<string>)[],
        ];
        return new ChatReply(string.Join('\n', lines)) { Plan = answer.Plan is { } plan && backlog is not null ? new ChatPlanned(backlog, plan.Item, plan.Token, request.User) : null };
    }

    /// <summary>As the tracker names them; items of an export know a person by name.</summary>
    private static Person? Who(PersonRecord person, string tracker) =>
        PeopleDirectory.Systems.Contains(tracker) ? person.In(tracker) is { } login ? new Person(login) : null : new Person(person.Name);

    private static ChatReply NoLogin(string tracker, ChatRequest request) => new(
        $"Your record in the people directory has no name of yours in {tracker}, so nothing was done. Ask whoever runs this backlog to add `{tracker}: YOUR-LOGIN` to the record with `{request.Channel}: {request.User}`.");

    private static string Help() =>
        $"Say on which item, then what: `{CommandText.Prefix} #12 why`, `{CommandText.Prefix} owner/repo#12 pin P1`. Commands: {string.Join(", ", CommandWords.All.Select(w => $"`{w.Word}`"))}. `{CommandText.Prefix} #12 help COMMAND` says more.\nOr ask: {string.Join("; ", ChatDesk.Examples.Take(4))}.";
}
