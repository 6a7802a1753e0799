using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>One page of a backlog. Made once; what it shows it reads for each visit.</summary>
internal interface IPage
{
    Task<PageReply> ShowAsync(PageVisit visit, CancellationToken cancellation);

    /// <summary>Takes a form that came through the door from somebody who is signed in.</summary>
    /// <param name="cancellation">Not the caller's own: what has begun is done whether or not the browser waits.</param>
    Task<PageReply> TakeAsync(PageVisit visit, PageForm form, CancellationToken cancellation) => Task.FromResult(PageVisit.Missing("This page takes no answer."));
}

/// <summary>Somebody looks at a page.</summary>
/// <param name="Backlog">Its name; it exists.</param>
/// <param name="Rest">What stands behind the page's word in the path, unescaped; empty for nothing.</param>
internal sealed record PageVisit(PageCall Call, Site Site, string Visitor, string Backlog, string Rest)
{
    public IOrchestrationClient Client => Call.Client;

    public string? Asked(string name) => Call.Asked(name);

    /// <summary>A number of the query, within bounds.</summary>
    public int Asked(string name, int otherwise, int least, int most) => int.TryParse(Call.Asked(name), out var number) ? Math.Clamp(number, least, most) : otherwise;

    public static PageReply Missing(string why) => PageReply.Text(404, why);
}
