using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.AzureDevOps.Rest;

/// <summary>Routes below the organization, with or without a project between.</summary>
internal sealed class AdoRouter(Router<Func<AdoVisit, Answer>> routes)
{
    public AdoRouter OfOrganization(string method, string template, Func<AdoVisit, Answer> handler)
    {
        routes.Add(method, "/{organization}" + template, handler);
        return this;
    }

    public AdoRouter OfProject(string method, string template, Func<AdoVisit, Answer> handler)
    {
        routes.Add(method, "/{organization}/{project}" + template, handler);
        return this;
    }

    public AdoRouter Both(string method, string template, Func<AdoVisit, Answer> handler) =>
        OfOrganization(method, template, handler).OfProject(method, template, handler);
}
