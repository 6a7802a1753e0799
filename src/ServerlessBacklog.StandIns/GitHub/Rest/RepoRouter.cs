using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>Routes below a repository, which is named by owner and name or, in the addresses that GitHub itself hands out, by its id.</summary>
internal sealed class RepoRouter(Router<Func<Visit, Answer>> routes)
{
    public RepoRouter Add(string method, string template, Func<Visit, Answer> handler)
    {
        routes.Add(method, "/repos/{owner}/{repo}" + template, handler);
        routes.Add(method, "/repositories/{repoId}" + template, handler);
        return this;
    }
}
