using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Questions;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>The chat box: a question is looked up, a wish becomes a plan that the same person confirms. Nothing is done before that.</summary>
internal sealed class AskPage(ChatDesk chat, PageSpeakers speakers, IBacklogStore store) : IPage
{
    /// <summary>No login of any tracker.</summary>
    private const string Nobody = "(nobody)";

    /// <summary>A question may stand in the address: it changes nothing.</summary>
    public Task<PageReply> ShowAsync(PageVisit visit, CancellationToken cancellation) => ShowAsync(visit, visit.Asked("q"), null, cancellation);

    public async Task<PageReply> TakeAsync(PageVisit visit, PageForm form, CancellationToken cancellation)
    {
        var (text, confirm) = (form["text"].Trim(), form["confirm"]);
        return await ShowAsync(visit, text, await chat.AnswerAsync(visit.Client, await AskAsync(visit, text, confirm.Length > 0 ? confirm : null, cancellation), cancellation), cancellation);
    }

    private async Task<PageReply> ShowAsync(PageVisit visit, string? text, ChatAnswer? answer, CancellationToken cancellation)
    {
        if (answer is null && text is not null)
            answer = await chat.AnswerAsync(visit.Client, await AskAsync(visit, text, null, cancellation), cancellation);
        return await PageRendering.RenderAsync<Ask>(cancellation, (nameof(Ask.Site), visit.Site), (nameof(Ask.Text), text), (nameof(Ask.Answer), answer));
    }

    private async Task<ChatAsk> AskAsync(PageVisit visit, string text, string? confirm, CancellationToken cancellation)
    {
        var person = visit.Site.Person!;
        var source = SourceAddress.Parse(await store.CursorAsync(visit.Backlog, ImportItems.SourceCursor, cancellation) ?? $"file:{visit.Backlog}");
        // Any item of the project will do. Whom nobody has told of is nobody there: such a person asks, and changes nothing.
        var (speaker, _) = await speakers.OfAsync(person, new WorkItemRef(source.Tracker, source.Location, "1"), cancellation);
        return new ChatAsk(visit.Backlog, speaker?.Person ?? new Person(Nobody), text, speaker is null ? null : confirm) { IsOperator = person.IsOperator, MayPlan = speaker is not null };
    }
}
