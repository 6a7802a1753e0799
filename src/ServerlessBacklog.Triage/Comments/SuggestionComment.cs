namespace ServerlessBacklog.Triage.Comments;

public static class SuggestionComment
{
    public const string Step = "comment";
}
