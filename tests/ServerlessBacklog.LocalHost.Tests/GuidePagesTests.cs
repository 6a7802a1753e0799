using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using ServerlessBacklog.LocalHost.Pages;

namespace ServerlessBacklog.LocalHost.Tests;

public sealed class GuidePagesTests : IAsyncLifetime
{
    private readonly WebApplication app;
    private HttpClient http = null!;

    public GuidePagesTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGuidePages();
    }

    public async ValueTask InitializeAsync()
    {
        await app.StartAsync(TestContext.Current.CancellationToken);
        http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    [Fact]
    public void There_is_one_for_each_role() => GuidePages.Names.ShouldBe(["contributor", "maintainer", "manager", "operator"]);

    [Fact]
    public async Task The_list_leads_to_every_guide_and_each_is_a_page_that_loads_nothing()
    {
        var list = await http.GetStringAsync(new Uri("/guides", UriKind.Relative), TestContext.Current.CancellationToken);

        foreach (var name in GuidePages.Names)
        {
            list.ShouldContain($"href=\"/guides/{name}\"");
            var page = await http.GetStringAsync(new Uri($"/guides/{name}", UriKind.Relative), TestContext.Current.CancellationToken);
            page.ShouldContain("<h1>");
            page.ShouldContain("default-src 'none'");
            page.ShouldNotContain("<script");
        }
    }

    [Fact]
    public async Task Another_name_is_not_found()
    {
        using var answer = await http.GetAsync(new Uri("/guides/nobody", UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }
}
