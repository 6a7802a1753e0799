using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub;

public sealed class AuthTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2024, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly RSA key = RSA.Create(2048);
    private readonly FakeTimeProvider time = new(Start);

    public void Dispose() => key.Dispose();

    [Fact]
    public async Task The_app_signs_a_short_token_that_was_issued_a_minute_ago()
    {
        await using var server = await StartAsync();

        await LookAsync(App(server));

        var call = server.Calls.First(c => c.Path == "/repos/octo/lab/installation");
        var jwt = new JsonWebToken(call.Authorization["Bearer ".Length..]);
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(jwt.EncodedToken, new TokenValidationParameters
        {
            IssuerSigningKey = new RsaSecurityKey(key.ExportParameters(false)), ValidIssuer = "Iv1.abc", ValidateAudience = false, ValidateLifetime = false,
        });
        result.IsValid.ShouldBeTrue();
        jwt.Alg.ShouldBe("RS256");
        DateTimeOffset.FromUnixTimeSeconds(jwt.GetPayloadValue<long>("iat")).ShouldBe(Start.AddSeconds(-60));
        DateTimeOffset.FromUnixTimeSeconds(jwt.GetPayloadValue<long>("exp")).ShouldBeInRange(Start.AddMinutes(5), Start.AddMinutes(10));
    }

    [Fact]
    public async Task Fifty_callers_at_once_cost_one_token()
    {
        await using var server = await StartAsync();
        var tracker = App(server);
        // The installation is looked up by each; the token is what GitHub counts.
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => LookAsync(tracker))));

        Tokens(server).ShouldBe(1);
        server.Calls.Count(c => c.Path == "/graphql" && c.Authorization == "Bearer ghs_1").ShouldBe(50);
    }

    [Fact]
    public async Task A_token_is_kept_until_five_minutes_before_its_end()
    {
        await using var server = await StartAsync();
        var tracker = App(server);
        await LookAsync(tracker);

        time.Advance(TimeSpan.FromMinutes(54));
        await LookAsync(tracker);
        Tokens(server).ShouldBe(1);

        time.Advance(TimeSpan.FromMinutes(1.5));
        await LookAsync(tracker);
        Tokens(server).ShouldBe(2);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_dropped_and_a_new_one_tried_once()
    {
        await using var server = await StartAsync();
        server.On("POST /graphql", c => c.Authorization == "Bearer ghs_1" ? new Answer(401, new { message = "Bad credentials" }) : Answer.Of(AnIssue.One(AnIssue.Node(7))));

        var look = await LookAsync(App(server));

        look.State.ShouldBe(LookState.Found);
        server.Calls.Where(c => c.Path == "/graphql").Select(c => c.Authorization).ShouldBe(["Bearer ghs_1", "Bearer ghs_2"]);
        server.Calls.Where(c => c.Path == "/graphql").Select(c => c.Body).Distinct().Count().ShouldBe(1, "the second try sends the same body");
    }

    [Fact]
    public async Task A_token_that_stays_refused_is_told_and_not_tried_for_ever()
    {
        await using var server = await StartAsync();
        server.On("POST /graphql", new { message = "Bad credentials" }, 401);

        var error = await Should.ThrowAsync<UserErrorException>(() => LookAsync(App(server)));

        error.Message.ShouldContain("401");
        server.Calls.Count(c => c.Path == "/graphql").ShouldBe(2);
    }

    [Fact]
    public async Task A_personal_token_that_is_refused_is_told_at_once()
    {
        await using var server = await StartAsync();
        server.On("POST /graphql", new { message = "Bad credentials" }, 401);

        var error = await Should.ThrowAsync<UserErrorException>(() => LookAsync(server.Tracker()));

        error.Message.ShouldContain("GITHUB_TOKEN");
        error.Message.ShouldNotContain("t0ken");
        server.Calls.Count(c => c.Path == "/graphql").ShouldBe(1);
    }

    [Fact]
    public async Task A_repository_without_the_app_is_told_with_the_mend()
    {
        await using var server = await StartAsync();
        server.On("GET /repos/octo/lab/installation", new { message = "Not Found" }, 404);

        (await Should.ThrowAsync<UserErrorException>(() => LookAsync(App(server)))).Message.ShouldContain("Install it");
    }

    [Fact]
    public async Task A_suspended_app_is_told_with_the_mend()
    {
        await using var server = await StartAsync();
        server.On("POST /app/installations/5/access_tokens", new { message = "This installation has been suspended" }, 403);

        (await Should.ThrowAsync<UserErrorException>(() => LookAsync(App(server)))).Message.ShouldContain("Unsuspend it");
    }

    [Fact]
    public async Task An_app_that_was_installed_anew_is_found_again()
    {
        await using var server = await StartAsync();
        var tracker = App(server);
        server.On("POST /app/installations/5/access_tokens", new { message = "Not Found" }, 404);
        await Should.ThrowAsync<UserErrorException>(() => LookAsync(tracker));

        server.On("GET /repos/octo/lab/installation", Installation(6));
        server.On("POST /app/installations/6/access_tokens", new { token = "ghs_new", expires_at = "2024-03-02T13:00:00Z" }, 201);

        (await LookAsync(tracker)).State.ShouldBe(LookState.Found);
    }

    [Fact]
    public async Task Without_credentials_no_header_is_sent()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("GET /repos/octo/lab/issues/7", AnIssue.Rest(7)).On("GET /repos/octo/lab/issues/7/timeline", "[]");

        await LookAsync(server.Anonymous());

        server.Calls.ShouldAllBe(c => c.Authorization == "");
        server.Calls.ShouldNotContain(c => c.Path == "/graphql");
    }

    [Theory]
    [InlineData("not a key at all")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----")]
    [InlineData("/nowhere/app.pem")]
    public async Task A_key_that_is_none_is_told_without_repeating_it(string key)
    {
        await using var server = await StartAsync();

        var error = await Should.ThrowAsync<UserErrorException>(() => LookAsync(server.Tracker(server.Options with { Token = null, ClientId = "Iv1.abc", PrivateKey = key })));

        error.Message.ShouldContain("GitHub:PrivateKey");
        error.Message.ShouldNotContain(key);
    }

    [Fact]
    public async Task A_public_key_is_no_private_key()
    {
        await using var server = await StartAsync();

        await Should.ThrowAsync<UserErrorException>(() => LookAsync(server.Tracker(server.Options with { ClientId = "x", PrivateKey = key.ExportRSAPublicKeyPem() })));
    }

    private GitHubTracker App(ScriptedGitHub server) =>
        server.Tracker(server.Options with { Token = null, ClientId = "Iv1.abc", PrivateKey = key.ExportRSAPrivateKeyPem().Replace("\n", "\\n", StringComparison.Ordinal) }, time);

    private async Task<ScriptedGitHub> StartAsync()
    {
        var server = await ScriptedGitHub.StartAsync();
        var issued = 0;
        return server
            .On("GET /repos/octo/lab/installation", Installation(5))
            .On("POST /app/installations/5/access_tokens", _ => new Answer(201, JsonSerializer.Serialize(new
            {
                token = $"ghs_{Interlocked.Increment(ref issued)}", expires_at = time.GetUtcNow().AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ"),
            })))
            .On("POST /graphql", AnIssue.One(AnIssue.Node(7)));
    }

    private static object Installation(long id) => new { id, app_id = 1, target_type = "Organization", repository_selection = "all", account = new { login = "octo", id = 3 } };

    private static int Tokens(ScriptedGitHub server) => server.Calls.Count(c => c.Path.EndsWith("/access_tokens", StringComparison.Ordinal));

    private static Task<ItemLook> LookAsync(GitHubTracker tracker) => tracker.LookAsync(WorkItemRef.Parse("github:octo/lab#7"), CancellationToken.None);
}
