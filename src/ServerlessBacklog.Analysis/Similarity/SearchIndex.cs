using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Similarity;

public sealed record IndexedText(WorkItemRef Ref, string Title, string Body);

public sealed class SearchIndex
{
    public static SearchIndex Build(IEnumerable<IndexedText> texts) => new();
}
