using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

public static class SimilarItems
{
    /// <summary>The items of the backlog most like this one, itself left out, whether or not the index knows it already.</summary>
    public static IReadOnlyList<SearchHit> SimilarTo(this BacklogSnapshot backlog, WorkItem item, int limit, Func<WorkItemRef, bool> accept) =>
        backlog.Index.Contains(item.Ref)
            ? backlog.Model(Neighbours.Of).Nearest(item.Ref, limit, accept)
            : backlog.Index.Search(item.Title, item.Body, limit, accept);
}
