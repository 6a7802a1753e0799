using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Intake;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>The conversation over HTTP: what a call says and what it is answered. Who says it is told by whoever calls, and holds as far as the tracker knows their role.</summary>
public sealed class ChatRequests(ChatDesk desk)
{
    private const int MaxName = 200;

    internal async Task<Reply> AnswerAsync(Call call)
    {
        var said = call.Read<ChatCall>("""{"backlog": "owner/repo", "text": "what is blocked?", "by": "ada"}""");
        if (string.IsNullOrWhiteSpace(said.Backlog) || string.IsNullOrWhiteSpace(said.By) || (string.IsNullOrWhiteSpace(said.Text) && string.IsNullOrWhiteSpace(said.Confirm)))
            return Reply.Error(400, "A call says 'backlog', 'by' (who asks) and 'text', or 'confirm' with the token of a plan.");
        if (said.By.Length > MaxName || said.Text?.Length > ChatAsk.Longest)
            return Reply.Error(400, $"'by' has at most {MaxName} characters, 'text' {ChatAsk.Longest}.");
        if (!await desk.KnowsAsync(said.Backlog, call.Cancellation))
            return Reply.Error(404, $"There is no backlog '{said.Backlog}' here.");
        var answer = await desk.AnswerAsync(call.Client, new ChatAsk(said.Backlog, new Person(said.By.Trim()), said.Text ?? "", said.Confirm), call.Cancellation);
        return new Reply(200, answer);
    }
}

/// <param name="Backlog">The backlog's name.</param>
/// <param name="Text">A question or a wish, at most 500 characters; not needed where a plan is confirmed.</param>
/// <param name="By">Who says it: the login in the tracker.</param>
/// <param name="Confirm">The token of a plan that the same person agrees to.</param>
public sealed record ChatCall(string? Backlog, string? Text, string? By, string? Confirm);
