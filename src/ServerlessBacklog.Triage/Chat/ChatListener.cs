using Microsoft.Extensions.Logging;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Commands;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.People;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Chat;

/// <summary>
/// Does what was said in a chat, in the name of the person whom the people directory knows by that id, with the rights that they have in the tracker. What
/// would change something is shown as a plan first, and done when the same person confirms it.
/// </summary>
public sealed partial class ChatListener(
    IEnumerable<IChat> chats, IChatStore store, IPeopleDirectory directory, ChatItems items, CommandDesk commands, AnswerDesk answers, TrackerRoles roles, TimeProvider time,
    ILogger<ChatListener> logger, IChatQuestions? questions = null)
{
    /// <summary>A chat takes answers for half an hour (docs.slack.dev, "Handling user interaction"), and a plan is good as long.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    /// <summary>Whoever took a request up is done or dead by then.</summary>
    private static readonly TimeSpan Claimed = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly Dictionary<string, IChat> byName = chats.ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Goes on with what a process left that died, and forgets what is old.</summary>
    public async Task GoOnAsync(IOrchestrationClient client, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var request in await store.WaitingAsync(now - Claimed, cancellation))
        {
            try
            {
                await HearAsync(client, request, cancellation);
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested)
            {
                Log.NotHeard(logger, request.Channel, fault.GetType().Name);
            }
        }

        await store.PurgeAsync(now - Kept, cancellation);
    }

    public async Task HearAsync(IOrchestrationClient client, ChatRequest request, CancellationToken cancellation)
    {
        if (!byName.TryGetValue(request.Channel, out var chat) || await store.ClaimAsync(request, time.GetUtcNow(), cancellation) is not { } claimed)
            return;
        if (time.GetUtcNow() - request.At > Life)
        {
            // Nobody could be told, and nobody waits any more.
            await store.EndAsync(claimed, cancellation);
            return;
        }

        var reply = await AnswerAsync(client, request, cancellation);
        // What changed something is done, whether or not the person can be told: the tracker shows it.
        if (request.Act != ChatAct.Say)
            await store.EndAsync(claimed, cancellation);
        if (await chat.ReplyAsync(request, reply, cancellation) && request.Act == ChatAct.Say)
            await store.EndAsync(claimed, cancellation);
    }

    private async Task<ChatReply> AnswerAsync(IOrchestrationClient client, ChatRequest request, CancellationToken cancellation)
    {
        if (request.Act == ChatAct.Cancel)
            return new ChatReply("Nothing was done.") { Replaces = true };
        if ((await directory.LoadAsync(cancellation)).Find(request.Channel, request.User) is not { } person)
            return new ChatReply($"I do not know who you are in the tracker, so nothing was done. Ask whoever runs this backlog to add the line `{request.Channel}: {request.User}` to your record in the people directory (`backlog people`).");
        return request.Act == ChatAct.Say ? await HeardAsync(client, request, person, cancellation) : await PressedAsync(client, request, person, cancellation);
    }

    private async Task<ChatReply> HeardAsync(IOrchestrationClient client, ChatRequest request, PersonRecord person, CancellationToken cancellation)
    {
        var (found, rest) = await items.FindAsync(request.Text, cancellation);
        if (found.Count > 1)
            return new ChatReply($"That may be {string.Join(" or ", found.Take(5).Select(f => $"{f.Item} in {f.Backlog}"))}. Write it in full.");
        if (found is not [var (backlog, item)])
        {
            return questions is not null && rest is null && CommandParser.Parse(request.Text).Command is not HelpCommand
                ? await questions.AnswerAsync(client, request, person, cancellation)
                : new ChatReply(rest is null ? Help() : "There is no such item here.");
        }

        if (Who(person, item) is not { } who)
            return NoLogin(item, request);
        if (await roles.OfAsync(item, who, cancellation) == TrackerRole.None && roles.Knows(item))
            return new ChatReply($"By your role in {item.Project} you may not see its items.");
        var reading = CommandParser.Parse(rest!);
        if (reading.Command is not { } command)
            return new ChatReply(reading.Problem!);
        if (command is HelpCommand or WhyCommand or StatusCommand or NextCommand)
            return new ChatReply((await commands.DoAsync(client, new Saying(backlog, item, who, request.At, rest!, request.Key), cancellation)).Reply);
        return new ChatReply($"**{CommandText.Prefix} {CommandParser.Shown(rest!)}** on {item.Project}#{item.Number}: {CommandWords.Of(command).Does}. Shall I?")
        {
            Plan = new ChatPlanned(backlog, item, rest!, request.User, request.At, request.Key),
        };
    }

    private async Task<ChatReply> PressedAsync(IOrchestrationClient client, ChatRequest request, PersonRecord person, CancellationToken cancellation)
    {
        if (request is not { Backlog: { } backlog, Item: { } item })
            return new ChatReply("That button is not of here. Nothing was done.");
        if (Who(person, item) is not { } who)
            return NoLogin(item, request);
        return request.Act == ChatAct.Confirm ? await ConfirmedAsync(client, request, backlog, item, who, cancellation) : await AnsweredAsync(client, request, backlog, item, who, cancellation);
    }

    private async Task<ChatReply> ConfirmedAsync(IOrchestrationClient client, ChatRequest request, string backlog, WorkItemRef item, Person who, CancellationToken cancellation)
    {
        if (request.PlannedFor != request.User)
            return new ChatReply("Only the person who asked for it can confirm that. Nothing was done.");
        if (request.PlannedAt is not { } planned || request.At - planned > Life)
            return new ChatReply("That plan is more than half an hour old. Nothing was done; say it again.") { Replaces = true };
        var answer = await commands.DoAsync(client, new Saying(backlog, item, who, planned, request.Text, request.Key), cancellation);
        return new ChatReply(answer.Reply) { Replaces = true };
    }

    private async Task<ChatReply> AnsweredAsync(IOrchestrationClient client, ChatRequest request, string backlog, WorkItemRef item, Person who, CancellationToken cancellation)
    {
        if (await roles.OfAsync(item, who, cancellation) < TrackerRole.Triager && roles.Knows(item))
            return new ChatReply($"By your role in {item.Project} you may not answer for its items: a maintainer has to.");
        var yes = request.Act == ChatAct.Approve;
        var reply = await answers.AnswerAsync(client, backlog, item, request.Decision, new ApprovalAnswer(yes, who.Login, request.Because), cancellation);
        return new ChatReply(reply.Kind == AnswerKind.Taken ? $"{(yes ? "Approved" : "Rejected")} by {who.Login} on {item.Project}#{item.Number}." : reply.Why!);
    }

    private static Person? Who(PersonRecord person, WorkItemRef item) =>
        PeopleDirectory.Systems.Contains(item.Tracker) ? person.In(item.Tracker) is { } login ? new Person(login) : null : new Person(person.Name);

    private static ChatReply NoLogin(WorkItemRef item, ChatRequest request) => new(
        $"Your record in the people directory knows no name of yours in {item.Tracker}, so nothing was done. Ask whoever runs this backlog to add `{item.Tracker}: YOUR-LOGIN` to the record with `{request.Channel}: {request.User}`.");

    private static string Help() => $"Say on which item, then what: `{CommandText.Prefix} #12 why`, `{CommandText.Prefix} owner/repo#12 pin P1`. Commands: {string.Join(", ", CommandWords.All.Select(w => $"`{w.Word}`"))}. `{CommandText.Prefix} #12 help COMMAND` says more.";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "What was said in {Chat} could not be done yet ({Fault}).")]
        public static partial void NotHeard(ILogger logger, string chat, string fault);
    }
}
