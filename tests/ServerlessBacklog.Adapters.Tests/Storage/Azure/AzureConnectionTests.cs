using System.Diagnostics;
using Azure.Core;
using Azure.Identity;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Testing.Azurite;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage.Azure;

public sealed class AzureConnectionTests(AzuriteFixture azurite)
{
    private const string Key = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0";

    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1", "http://127.0.0.1:10000/devstoreaccount1")]
    [InlineData($"DefaultEndpointsProtocol=https;AccountName=acct;AccountKey={Key};EndpointSuffix=core.windows.net", "https://acct.table.core.windows.net/", "https://acct.blob.core.windows.net/")]
    [InlineData("acct", "https://acct.table.core.windows.net/", "https://acct.blob.core.windows.net/")]
    [InlineData(" https://acct.table.core.windows.net/ ", "https://acct.table.core.windows.net/", "https://acct.blob.core.windows.net/")]
    [InlineData("https://acct.blob.core.usgovcloudapi.net", "https://acct.table.core.usgovcloudapi.net/", "https://acct.blob.core.usgovcloudapi.net/")]
    public void The_setting_takes_a_connection_string_a_name_or_an_address(string setting, string tables, string blobs)
    {
        var connection = AzureConnection.Parse(setting);

        connection.TableAddress.AbsoluteUri.ShouldBe(tables);
        connection.BlobAddress.AbsoluteUri.ShouldBe(blobs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("No")]
    [InlineData("./backlog.db")]
    [InlineData("AccountName=acct;AccountKey=hush!")]
    [InlineData("AccountName=acct;AccountKey=hush;;=;")]
    [InlineData("https://example.com")]
    [InlineData("http://acct.table.core.windows.net")]
    [InlineData("https://acct.table.core.windows.net?sv=2024&sig=hush")]
    [InlineData("https://me:hush@acct.table.core.windows.net")]
    public void Anything_else_is_refused_with_the_forms_and_without_the_secret(string setting)
    {
        var fault = Should.Throw<UserErrorException>(() => AzureConnection.Parse(setting));

        fault.Message.ShouldContain("UseDevelopmentStorage=true");
        fault.ToString().ShouldNotContain("hush");
    }

    [Fact]
    public async Task A_service_that_nobody_runs_is_named_within_seconds()
    {
        var port = RefusingServer.UnusedPort();
        var address = $"http://127.0.0.1:{port}/acct";
        var connection = $"AccountName=acct;AccountKey={Key};TableEndpoint={address};BlobEndpoint={address};";
        var watch = Stopwatch.StartNew();

        var faults = await Task.WhenAll(
            Should.ThrowAsync<UserErrorException>(() => Table(connection).FindAsync("p", "r", null, None)),
            Should.ThrowAsync<UserErrorException>(() => Table(connection).UpsertAsync(new TableRow("p", "r", new Dictionary<string, object>()), None)),
            Should.ThrowAsync<UserErrorException>(() => Table(connection).RangeAsync("p", RowKeyRange.All, null, None).CountAsync(None).AsTask()),
            Should.ThrowAsync<UserErrorException>(() => AzureStorage.Open(connection).Snapshots.OpenAsync("index", None)),
            Should.ThrowAsync<UserErrorException>(() => AzureStorage.Open(connection).Snapshots.SaveAsync("index", _ => Task.CompletedTask, None)));

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        foreach (var fault in faults)
        {
            fault.Message.ShouldStartWith($"The storage at {address} cannot be reached: Connection refused. Check the address in Storage:Connection");
            fault.ToString().ShouldNotContain(Key);
        }
    }

    [Fact]
    public async Task A_wrong_key_is_told_with_the_address_and_never_shown()
    {
        var place = await AzuritePlace.TakeAsync(azurite);
        var wrong = string.Join(';', place.Connection.Split(';').Select(part => part.StartsWith("AccountKey=", StringComparison.Ordinal) ? $"AccountKey={Key}" : part));

        var faults = await Task.WhenAll(
            Should.ThrowAsync<UserErrorException>(() => Table(wrong).FindAsync("p", "r", null, None)),
            Should.ThrowAsync<UserErrorException>(() => Table(wrong).UpsertAsync(new TableRow("p", "r", new Dictionary<string, object>()), None)),
            Should.ThrowAsync<UserErrorException>(() => AzureStorage.Open(wrong).Snapshots.OpenAsync("index", None)));

        foreach (var fault in faults)
        {
            fault.Message.ShouldMatch(@"^The storage at http://127\.0\.0\.1:\d+/\w+ refused the sign-in \([\w ]+\)\. Copy the connection string anew");
            fault.ToString().ShouldNotContain(Key);
        }
    }

    [Fact]
    public async Task A_signature_in_the_connection_string_is_taken_and_never_shown()
    {
        await using var server = new RefusingServer(403, "AuthenticationFailed");
        var connection = $"TableEndpoint={server.Address};BlobEndpoint={server.Address};SharedAccessSignature=sv=2024-11-04&ss=bt&sig=aHVzaA%3D%3D";

        var faults = await Task.WhenAll(
            Should.ThrowAsync<UserErrorException>(() => Table(connection).FindAsync("p", "r", null, None)),
            Should.ThrowAsync<UserErrorException>(() => AzureStorage.Open(connection).Snapshots.OpenAsync("index", None)));

        faults.ShouldAllBe(f => f.Message.StartsWith($"The storage at {server.Address} refused the sign-in") && !f.ToString().Contains("aHVzaA"));
    }

    [Fact]
    public async Task A_server_of_something_else_is_no_empty_storage()
    {
        await using var server = new RefusingServer(404, null);
        var connection = server.Connection;

        var faults = await Task.WhenAll(
            Should.ThrowAsync<UserErrorException>(() => Table(connection).FindAsync("p", "r", null, None)),
            Should.ThrowAsync<UserErrorException>(() => Table(connection).RangeAsync("p", RowKeyRange.All, null, None).CountAsync(None).AsTask()),
            Should.ThrowAsync<UserErrorException>(() => Table(connection).UpsertAsync(new TableRow("p", "r", new Dictionary<string, object>()), None)),
            Should.ThrowAsync<UserErrorException>(() => Table(connection).DeleteAsync(new TableRow("p", "r", new Dictionary<string, object>()), None)),
            Should.ThrowAsync<UserErrorException>(() => AzureStorage.Open(connection).Snapshots.OpenAsync("index", None)),
            Should.ThrowAsync<UserErrorException>(() => AzureStorage.Open(connection).Snapshots.SaveAsync("index", _ => Task.CompletedTask, None)));

        faults.ShouldAllBe(f => f.Message.StartsWith($"What answers at {server.Address} is no Azure Storage (HTTP 404). Check the address"));
    }

    [Theory]
    [InlineData(409, "TableBeingDeleted", "is being deleted, which takes the service a minute or more (TableBeingDeleted). Wait, then try again.")]
    [InlineData(409, "ContainerBeingDeleted", "is being deleted, which takes the service a minute or more (ContainerBeingDeleted). Wait, then try again.")]
    [InlineData(403, "AuthorizationPermissionMismatch", "Give it the roles 'Storage Table Data Contributor' and 'Storage Blob Data Contributor'.")]
    [InlineData(403, "AuthenticationFailed", "refused the sign-in (AuthenticationFailed). Copy the connection string anew")]
    [InlineData(503, "ServerBusy", "is busy or out of order (ServerBusy). Try again in a few minutes; what was stored stays.")]
    public async Task A_refusal_is_told_with_what_to_do(int status, string code, string advice)
    {
        await using var server = new RefusingServer(status, code);

        var faults = await Task.WhenAll(
            Should.ThrowAsync<UserErrorException>(() => Table(server.Connection).UpsertAsync(new TableRow("p", "r", new Dictionary<string, object>()), None)),
            Should.ThrowAsync<UserErrorException>(() => AzureStorage.Open(server.Connection).Snapshots.SaveAsync("index", s => s.WriteAsync(new byte[1], None).AsTask(), None)));

        faults.ShouldAllBe(f => f.Message.Contains(advice) && f.Message.Contains(server.Address));
    }

    [Fact]
    public async Task A_machine_where_nobody_is_signed_in_says_how_to_sign_in()
    {
        var tables = new AzureTables(AzureConnection.Parse("acct", new NobodySignedIn()), "t");

        var fault = await Should.ThrowAsync<UserErrorException>(() => tables.Open("things").FindAsync("p", "r", null, None));

        fault.Message.ShouldStartWith("Nobody is signed in to Azure for the storage at https://acct.table.core.windows.net. Run 'az login'");
    }

    [Fact]
    public async Task A_caller_that_stops_is_not_told_that_the_service_is_down()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Table("UseDevelopmentStorage=true").FindAsync("p", "r", null, stop.Token));
    }

    private static ITable Table(string connection) => new AzureTables(AzureConnection.Parse(connection), "t").Open("things");

    private sealed class NobodySignedIn : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("Nobody here.");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("Nobody here.");
    }
}
