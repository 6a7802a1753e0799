namespace ServerlessBacklog.Triage.Questions;

/// <summary>All that a conversation goes through; each lives as long as the process. Hosts and tests register the same.</summary>
public static class QuestionParts
{
    public static IReadOnlyList<Type> All { get; } = [typeof(QuestionAdvice), typeof(ChatDesk), typeof(ChatRequests)];
}
