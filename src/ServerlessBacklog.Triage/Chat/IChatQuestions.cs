using ServerlessBacklog.Triage.People;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Chat;

/// <summary>Answers words that are no command on an item.</summary>
public interface IChatQuestions
{
    Task<ChatReply> AnswerAsync(IOrchestrationClient client, ChatRequest request, PersonRecord person, CancellationToken cancellation);
}
