using System.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Chat;
using ServerlessBacklog.Triage.People;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>
/// The conversation in chats such as Slack. Whoever may not see a project in the tracker is told nothing of it. A plan is confirmed by the chat's own button,
/// which only the person who asked can press.
/// </summary>
public sealed class ChannelQuestions(ChatDesk desk, IBacklogStore store, TrackerRoles roles) : IChatQuestions
{
    private const int MostListed = 10;

    public async Task<ChatReply> AnswerAsync(IOrchestrationClient client, ChatRequest request, PersonRecord person, CancellationToken cancellation)
    {
        var all = await store.BacklogsAsync(cancellation);
        var (backlog, text) = Named(request.Text, all);
        if (backlog is null)
            return new ChatReply(all.Count == 0 ? "There is no backlog here yet." : $"Say of which backlog, and a colon: `{all[0]}: {request.Text}`.");
        if (await store.CursorAsync(backlog, ImportItems.SourceCursor, cancellation) is not { } from)
            return new ChatReply("Nobody knows where that backlog comes from, so nothing is told of it.");
        var source = SourceAddress.Parse(from);
        var home = new WorkItemRef(source.Tracker, source.Location, "0");
        if ((PeopleDirectory.Systems.Contains(source.Tracker) ? person.In(source.Tracker) : person.Name) is not { } login)
            return new ChatReply($"Your record in the people directory knows no name of yours in {source.Tracker}.");
        if (roles.Knows(home) && await roles.OfAsync(home, new Person(login), cancellation) == TrackerRole.None)
            return new ChatReply($"By your role in {source.Location} you may not see its items.");
        var answer = await desk.AnswerAsync(client, new ChatAsk(backlog, new Person(login), text), cancellation);
        return new ChatReply(Written(answer))
        {
            Plan = answer.Plan is { } plan ? new ChatPlanned(backlog, plan.Item, plan.Says, request.User, request.At, request.Key) : null,
        };
    }

    /// <summary>The only backlog there is, or the one that is named first.</summary>
    private static (string? Backlog, string Text) Named(string text, IReadOnlyList<string> all)
    {
        var named = all.Where(b => text.StartsWith($"{b}:", StringComparison.OrdinalIgnoreCase)).MaxBy(b => b.Length);
        return named is not null ? (named, text[(named.Length + 1)..].Trim()) : (all is [var only] ? only : null, text);
    }

    private static string Written(ChatAnswer answer)
    {
        var text = new StringBuilder(answer.Text).Append('\n');
        foreach (var item in answer.Items.Take(MostListed))
            text.Append($"\n- {(item.Url is { } url ? $"[#{item.Ref.Number}]({url})" : $"#{item.Ref.Number}")} {item.Title}{(item.Note.Length > 0 ? $" ({item.Note})" : "")}");
        if (answer.Total > Math.Min(answer.Items.Count, MostListed))
            text.Append($"\n- and {answer.Total - Math.Min(answer.Items.Count, MostListed):N0} more");
        foreach (var figure in answer.Act is "count" or "who" ? answer.Figures.Take(MostListed) : [])
            text.Append($"\n- {figure.Name}: {QueryRun.Number(figure.Value)}");
        foreach (var reading in answer.Readings)
            text.Append($"\n- {reading}");
        if (answer.Query is { } query)
            text.Append($"\n\nLooked up: {query}; as of {answer.AsOf?.UtcDateTime:yyyy-MM-dd HH:mm} UTC.");
        return text.ToString().Trim();
    }
}
