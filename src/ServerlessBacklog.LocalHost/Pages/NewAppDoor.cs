using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using ServerlessBacklog.Adapters.Trackers.GitHub.AppPages;
using ServerlessBacklog.Adapters.Trackers.GitHub.Setup;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Pages;

/// <summary>
/// Two pages on a free port of this machine: one that posts the manifest to GitHub, one to which GitHub sends the browser back. Their names
/// cannot be guessed, no other host name is answered, and what comes back is taken once.
/// </summary>
/// <param name="keep">Keeps the app and its secrets.</param>
internal sealed class NewAppDoor(AppRegistration registration, AppWish wish, Action<RegisteredApp> keep, TimeProvider time) : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private const string Created = "/created";

    private readonly string key = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly string state = RandomNumberGenerator.GetHexString(64, lowercase: true);
    private readonly TaskCompletionSource<RegisteredApp> made = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? app;
    private int taken;

    /// <summary>What comes after the app is installed.</summary>
    public static IReadOnlyList<string> NextCommands { get; } = ["backlog connect github OWNER/REPO --check", "backlog triage github:OWNER/REPO", "backlog serve"];

    /// <summary>The page to open.</summary>
    public Uri Start => new(Root, $"/start/{key}");

    private Uri Root => new(app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public async Task OpenAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        app = builder.Build();
        // A site that points its own name to this machine gets nothing to read.
        app.Use((context, next) => context.Request.Host.Value == Root.Authority ? next(context) : AnswerAsync(context, 421, output => AppPagesHtml.RenderRefusedAsync($"This answers to {Root.Authority} only.", output)));
        app.MapGet("/start/{told}", (HttpContext context, string told) => AreSame(told, key) ? AskAsync(context) : MissingAsync(context));
        app.MapGet(Created, CreatedAsync);
        app.MapFallback(MissingAsync);
        await app.StartAsync(cancellation);
    }

    /// <exception cref="UserErrorException">Nothing came back in time, or GitHub did not take the code.</exception>
    public async Task<RegisteredApp> WaitAsync(CancellationToken cancellation)
    {
        try
        {
            return await made.Task.WaitAsync(Patience, time, cancellation);
        }
        catch (TimeoutException)
        {
            throw new UserErrorException($"Nothing came back from GitHub within {Patience.TotalMinutes:0} minutes, and the page is closed. Run the command again when you have time for it.");
        }
    }

    /// <summary>An answer that is being given is given to its end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (app is null)
            return;
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private Task AskAsync(HttpContext context) => Volatile.Read(ref taken) != 0 ? MissingAsync(context) : AnswerAsync(
        context,
        200,
        output => AppPagesHtml.RenderAskAsync(new AppAsk(wish, registration.FormAddress(wish, state), AppRegistration.Manifest(wish, new Uri(Root, Created)), registration.Web), output),
        registration.Web);

    private async Task CreatedAsync(HttpContext context)
    {
        var (told, code) = (context.Request.Query["state"].ToString(), context.Request.Query["code"].ToString());
        if (!AreSame(told, state) || code.Length is 0 or > 200 || !code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            await RefuseAsync(context, 400, "This is not the answer to the page that was opened here. Go back to that page and press its button.");
            return;
        }

        if (Interlocked.Exchange(ref taken, 1) != 0)
        {
            await RefuseAsync(context, 410, "The app was taken over already: the terminal says what comes next.");
            return;
        }

        try
        {
            // Not the request's own token: the code is good once, whether or not the browser waits.
            var registered = await registration.ConvertAsync(code, CancellationToken.None);
            keep(registered);
            made.TrySetResult(registered);
            await AnswerAsync(context, 200, output => AppPagesHtml.RenderDoneAsync(new AppDone(registered.Name, registered.InstallLink, NextCommands), output));
        }
        catch (Exception passing) when (passing is HttpRequestException or BudgetExhaustedException)
        {
            Interlocked.Exchange(ref taken, 0);
            await RefuseAsync(context, 502, $"{passing.Message.TrimEnd('.')}. The app is made on GitHub, and its code is good for an hour: reload this page to try again.");
        }
        catch (UserErrorException wrong)
        {
            made.TrySetException(wrong);
            await RefuseAsync(context, 400, wrong.Message);
        }
    }

    private static Task MissingAsync(HttpContext context) => RefuseAsync(context, 404, "There is no such page. The terminal says which one to open.");

    private static Task RefuseAsync(HttpContext context, int status, string why) => AnswerAsync(context, status, output => AppPagesHtml.RenderRefusedAsync(why, output));

    /// <param name="posts">Where the page's form goes; null when it has none.</param>
    private static async Task AnswerAsync(HttpContext context, int status, Func<Stream, Task> render, Uri? posts = null)
    {
        using var page = new MemoryStream();
        await render(page);
        var (response, headers) = (context.Response, context.Response.Headers);
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = page.Length;
        headers.ContentSecurityPolicy = AppPagesHtml.ContentSecurityPolicy(posts);
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin";
        await response.Body.WriteAsync(page.GetBuffer().AsMemory(0, (int)page.Length), context.RequestAborted);
    }

    private static bool AreSame(string told, string expected) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(told), Encoding.UTF8.GetBytes(expected));
}
