using System.Net.Sockets;
using Azure;
using Azure.Data.Tables.Models;
using Azure.Identity;
using Azure.Storage.Blobs.Models;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage.Azure;

/// <summary>Says in a sentence what a refusal of the storage service means for the user and what to do. Names the endpoint, never the secret.</summary>
internal static class AzureErrors
{
    /// <summary>Does a request; a fault that the user can mend comes out as <see cref="UserErrorException"/>.</summary>
    public static async Task<T> ExplainAsync<T>(Uri endpoint, Func<Task<T>> request, CancellationToken cancellation)
    {
        try
        {
            return await request();
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested && Explain(fault, PlaceOf(endpoint)) is { } sentence)
        {
            throw new UserErrorException(sentence, fault);
        }
    }

    /// <summary>Every answer of the service has a request id. That of anything else must not pass for "there is no such row".</summary>
    public static bool IsFromStorage(Response answer) => answer.Headers.RequestId is { Length: > 0 };

    /// <summary>Scheme, host and account; a query may hold a signature.</summary>
    private static string PlaceOf(Uri endpoint) => endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');

    private static string? Explain(Exception fault, string place) => fault switch
    {
        // After the last try the client throws the faults of all tries.
        AggregateException all => Explain(all.InnerExceptions[^1], place),
        AuthenticationFailedException =>
            $"Nobody is signed in to Azure for the storage at {place}. Run 'az login', give this app a managed identity, or use a connection string.",
        RequestFailedException { Status: > 0 } refused => Explain(refused, place),
        RequestFailedException or HttpRequestException or OperationCanceledException =>
            $"The storage at {place} cannot be reached: {ReasonOf(fault)}. Check the address in Storage:Connection (--storage) and the network; Azurite is started with 'npx azurite'.",
        _ => null,
    };

    private static string? Explain(RequestFailedException refused, string place) => refused switch
    {
        _ when refused.GetRawResponse() is { } answer && !IsFromStorage(answer) =>
            $"What answers at {place} is no Azure Storage (HTTP {refused.Status}). Check the address in Storage:Connection (--storage), and a proxy on the way.",
        { ErrorCode: "AuthorizationPermissionMismatch" or "InsufficientAccountPermissions" or "AuthorizationResourceTypeMismatch" } =>
            $"The storage at {place} does not let this identity read and write ({refused.ErrorCode}). Give it the roles 'Storage Table Data Contributor' and 'Storage Blob Data Contributor'{QueueRole(place)}.",
        { Status: 401 or 403 } =>
            $"The storage at {place} refused the sign-in ({CodeOf(refused)}). Copy the connection string anew, and check that the account's firewall lets this machine in and its clock is right.",
        { ErrorCode: nameof(TableErrorCode.TableBeingDeleted) or nameof(BlobErrorCode.ContainerBeingDeleted) } =>
            $"Data in the storage at {place} is being deleted, which takes the service a minute or more ({refused.ErrorCode}). Wait, then try again.",
        { Status: 408 or 429 or >= 500 } =>
            $"The storage at {place} is busy or out of order ({CodeOf(refused)}). Try again in a few minutes; what was stored stays.",
        _ => null,
    };

    private static string QueueRole(string place) => place.Contains(".queue.", StringComparison.Ordinal) ? ", and 'Storage Queue Data Contributor'" : "";

    private static string CodeOf(RequestFailedException refused) => refused.ErrorCode is { Length: > 0 } code ? code : $"HTTP {refused.Status}";

    private static string ReasonOf(Exception fault) => fault.GetBaseException() switch
    {
        SocketException socket => socket.Message.TrimEnd('.'),
        OperationCanceledException => "it does not answer in time",
        var other => other.Message.Split('\n')[0].Trim().TrimEnd('.'),
    };
}
