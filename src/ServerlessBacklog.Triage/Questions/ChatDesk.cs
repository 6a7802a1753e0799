using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Commands;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Views;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>
/// Converses about a backlog, from whatever channel. A question becomes a typed query that code checks and runs over the kept view; a wish becomes a command
/// of <see cref="CommandParser"/>, which is shown as a plan and done only when the same person confirms it. Nothing is guessed.
/// </summary>
public sealed class ChatDesk(IBacklogStore store, ViewKeeper views, CommandDesk commands, TrackerRoles roles, QuestionAdvice advice, TimeProvider time)
{
    private readonly ConfirmTokens tokens = new(store, time);

    /// <param name="client">Speaks to the runtime that carries out what is confirmed.</param>
    /// <exception cref="UserErrorException">There is no such backlog.</exception>
    public async Task<ChatAnswer> AnswerAsync(IOrchestrationClient client, ChatAsk ask, CancellationToken cancellation)
    {
        if (!await KnowsAsync(ask.Backlog, cancellation))
            throw new UserErrorException($"There is no backlog '{QueryCheck.Shown(ask.Backlog)}' here.");
        if (ask.Confirm is { Length: > 0 } token)
            return await ConfirmAsync(client, ask, token, cancellation);
        if (string.IsNullOrWhiteSpace(ask.Text))
            return Unknown("Say what you want to know.");
        if (ask.Text.Length > ChatAsk.Longest)
            return Unknown($"That is too long: a question has at most {ChatAsk.Longest} characters.");
        if (IsHelp(ask.Text))
            return new ChatAnswer(ChatKind.Answer, "I look up what this backlog holds, and change single items after you have confirmed the plan.") { Readings = Examples };
        var view = await views.CurrentAsync(ask.Backlog, cancellation);
        var words = new BacklogWords(view.Report);
        var reading = new QuestionReader(view.Report, words, ask.By.Login).Read(ask.Text);
        var isByModel = false;
        if (reading is NoReading && await advice.ReadAsync(ask, words, view.Report.AsOf, cancellation) is { } advised)
            (reading, isByModel) = (advised, true);
        var answer = reading switch
        {
            AskedQuery asked => QueryAnswer.Of(asked.Query, view),
            WishedChange when !ask.MayPlan => new ChatAnswer(ChatKind.Refused, "That would change an item, and only questions are answered here."),
            WishedChange wish => await PlanAsync(ask, wish, words, cancellation),
            OpenReading open => new ChatAnswer(ChatKind.AskBack, open.Why) { Readings = open.Readings },
            RefusedReading refused => new ChatAnswer(ChatKind.Refused, refused.Why) { Readings = Examples },
            NoReading none => Unknown(none.Why),
            _ => throw new InvalidOperationException($"Nobody answers a {reading.GetType().Name}."),
        };
        return answer with { ByModel = isByModel };
    }

    /// <summary>Looks a query up that was written by a program; what is wrong with it is told as with one that a person asked.</summary>
    public async Task<ChatAnswer> LookUpAsync(string backlog, BacklogQuery query, CancellationToken cancellation)
    {
        var view = await views.CurrentAsync(backlog, cancellation);
        return QueryCheck.Faults(query, new BacklogWords(view.Report)).FirstOrDefault() is { } fault
            ? throw new UserErrorException($"That cannot be looked up: {fault}.")
            : QueryAnswer.Of(query, view);
    }

    /// <summary>Logins of those who have items in a backlog.</summary>
    public async Task<IReadOnlyCollection<string>> PeopleAsync(string backlog, CancellationToken cancellation) =>
        new BacklogWords((await views.CurrentAsync(backlog, cancellation)).Report).People;

    public async Task<bool> KnowsAsync(string backlog, CancellationToken cancellation) => (await store.BacklogsAsync(cancellation)).Contains(backlog);

    /// <summary>Sentences that are understood, for help and for what was not.</summary>
    public static IReadOnlyList<string> Examples { get; } =
        ["what is blocked", "open bugs without an assignee, oldest first", "how many items were closed last month", "who has the most open items", "why is 12 blocked", "what should I work on next", "make 12 a P1"];

    private async Task<ChatAnswer> PlanAsync(ChatAsk ask, WishedChange wish, BacklogWords words, CancellationToken cancellation)
    {
        if (words.Find(wish.Item) is not { } row)
            return new ChatAnswer(ChatKind.Failed, words.IsSeveral(wish.Item) ? $"Several projects of this backlog have an item {QueryCheck.Shown(wish.Item)}: write it in full, as owner/repo#12." : $"There is no item {QueryCheck.Shown(wish.Item)} here.");
        var saying = Saying(ask, row.Item.Ref, wish.Says, "plan");
        var preview = await commands.PreviewAsync(saying, cancellation);
        if (preview.Why is { } why)
            return new ChatAnswer(ChatKind.Failed, why) { Item = row.Item.Ref };
        var (token, until) = await tokens.SealAsync(ask.Backlog, preview.Item!, wish.Says, ask.By, cancellation);
        return new ChatAnswer(ChatKind.Plan, $"I would do this on #{row.Item.Ref.Number}: {wish.Says}. Nothing is done before you confirm.")
        {
            Plan = new ChatPlan(row.Item.Ref, row.Item.Title, wish.Says, token, until),
            Item = row.Item.Ref,
            Items = [QueryAnswer.Line(row)],
            Total = 1,
        };
    }

    private async Task<ChatAnswer> ConfirmAsync(IOrchestrationClient client, ChatAsk ask, string token, CancellationToken cancellation)
    {
        var (plan, why) = await tokens.OpenAsync(ask.Backlog, token, ask.By, cancellation);
        if (plan is null)
            return new ChatAnswer(ChatKind.Failed, why!);
        var saying = Saying(ask, plan.Item, plan.Says, plan.Nonce);
        var preview = await commands.PreviewAsync(saying, cancellation);
        if (preview.Why is { } refused)
            return new ChatAnswer(ChatKind.Failed, refused) { Item = plan.Item };
        if (ContentHash.ForWriting(preview.Item!) != plan.State)
            return new ChatAnswer(ChatKind.Failed, $"#{plan.Item.Number} has changed since the plan was shown. Ask again, and look at it once more.") { Item = plan.Item };
        if (await tokens.WasUsedAsync(plan, cancellation))
            return ConfirmedAlready(plan.Item);
        // Used up only once it is on its way: its decision bears the plan's own name, so that doing it again does it once.
        var done = await commands.DoAsync(client, saying, cancellation);
        if (!done.IsError && !await tokens.UseAsync(plan, cancellation))
            return ConfirmedAlready(plan.Item);
        return new ChatAnswer(done.IsError ? ChatKind.Failed : ChatKind.Done, done.Reply) { Decision = done.Decision, Item = plan.Item };
    }

    private static ChatAnswer ConfirmedAlready(WorkItemRef item) => new(ChatKind.Failed, "That plan was confirmed already.") { Item = item };

    /// <summary>Items of an export have no tracker that could be asked: whoever reaches this host speaks for them, and nothing is written.</summary>
    private Saying Saying(ChatAsk ask, WorkItemRef item, string says, string key) =>
        new(ask.Backlog, item, ask.By, time.GetUtcNow(), says, key) { IsOperator = ask.IsOperator || !roles.Knows(item) };

    private static ChatAnswer Unknown(string why) => new(ChatKind.Unknown, $"I don't know. {why} For example, ask:") { Readings = Examples };

    private static bool IsHelp(string text) => Phrase.Plain(text) is "help" or "what can i ask" or "what can you do" or "what can i say" or "commands";
}
