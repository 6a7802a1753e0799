using System.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage.Azure;

/// <summary>
/// Service hooks that Azure DevOps delivers into a queue of the storage account. The queue may be there before or after us; only the one
/// for what cannot be handled is created here.
/// </summary>
public sealed partial class AzureHookQueue : IHookQueue
{
    /// <summary>Long enough to store a delivery, short enough that one taken by a process that died comes back soon.</summary>
    private static readonly TimeSpan HiddenFor = TimeSpan.FromMinutes(5);

    private const int MostAtOnce = 32;
    private const string PoisonEnding = "-poison";

    private readonly string tracker;
    private readonly QueueClient queue;
    private readonly QueueClient poison;
    private readonly ILogger logger;

    /// <param name="tracker">The tracker whose hooks it holds.</param>
    /// <exception cref="UserErrorException">The name is none of a queue.</exception>
    public AzureHookQueue(AzureConnection connection, string tracker, string name, ILogger<AzureHookQueue> logger)
    {
        if (name.Length > 63 - PoisonEnding.Length || !QueueName().IsMatch(name))
            throw new UserErrorException($"'{name}' is no name of a queue (AzureDevOps:HookQueue). Use 3 to 56 lower-case letters, digits and single hyphens.");
        (this.tracker, this.logger) = (tracker, logger);
        queue = connection.Queue(name);
        poison = connection.Queue(name + PoisonEnding);
    }

    /// <summary>Opens the queue; asks no service.</summary>
    /// <param name="connection">The setting <c>Storage:Connection</c>.</param>
    /// <exception cref="UserErrorException">The setting is missing or wrong.</exception>
    public static AzureHookQueue Open(string tracker, string? connection, string name, ILogger<AzureHookQueue> logger) =>
        string.IsNullOrWhiteSpace(connection)
            ? throw new UserErrorException("AzureDevOps:HookQueue needs Storage:Connection: the storage account that the queue lies in.")
            : new AzureHookQueue(AzureConnection.Parse(connection), tracker, name, logger);

    public string Name => queue.Name;

    public Task<IReadOnlyList<QueuedHook>> TakeAsync(int max, CancellationToken cancellation) => AskAsync<IReadOnlyList<QueuedHook>>(
        async () =>
        {
            try
            {
                var messages = await queue.ReceiveMessagesAsync(Math.Clamp(max, 1, MostAtOnce), HiddenFor, cancellation);
                return [.. messages.Value.Select(HookOf)];
            }
            catch (RequestFailedException missing) when (missing.ErrorCode == QueueErrorCode.QueueNotFound)
            {
                return [];
            }
        },
        cancellation);

    public Task DoneAsync(QueuedHook hook, CancellationToken cancellation) => AskAsync(
        async () =>
        {
            try
            {
                await queue.DeleteMessageAsync(hook.Id, hook.Receipt, cancellation);
            }
            catch (RequestFailedException gone) when (
                gone.ErrorCode == QueueErrorCode.MessageNotFound || gone.ErrorCode == QueueErrorCode.PopReceiptMismatch || gone.ErrorCode == QueueErrorCode.QueueNotFound)
            {
                // It has come to somebody else since, or is done: the delivery is known by its own id.
            }

            return true;
        },
        cancellation);

    /// <summary>Sent before it is deleted: a crash in between leaves it twice, never lost.</summary>
    public async Task PutAsideAsync(QueuedHook hook, string why, CancellationToken cancellation)
    {
        await AskAsync(
            async () =>
            {
                await poison.CreateIfNotExistsAsync(cancellationToken: cancellation);
                return await poison.SendMessageAsync(BinaryData.FromString(Encoding.UTF8.GetString(hook.Body.Span)), timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: cancellation);
            },
            cancellation);
        Log.PutAside(logger, hook.Id, queue.Name, why);
        await DoneAsync(hook, cancellation);
    }

    /// <summary>How many messages wait, and how many were put aside; null for a queue that is not there.</summary>
    public async Task<(int? Waiting, int? PutAside)> CountAsync(CancellationToken cancellation) =>
        (await CountAsync(queue, cancellation), await CountAsync(poison, cancellation));

    private Task<int?> CountAsync(QueueClient counted, CancellationToken cancellation) => AskAsync<int?>(
        async () =>
        {
            try
            {
                return (await counted.GetPropertiesAsync(cancellation)).Value.ApproximateMessagesCount;
            }
            catch (RequestFailedException missing) when (missing.ErrorCode == QueueErrorCode.QueueNotFound)
            {
                return null;
            }
        },
        cancellation);

    private QueuedHook HookOf(QueueMessage message) =>
        new(tracker, message.MessageId, BodyOf(message.Body), (int)Math.Min(message.DequeueCount, int.MaxValue)) { Receipt = message.PopReceipt };

    /// <summary>JSON as it is, or in Base64, as older producers write it. What is neither stays as it is: it is not for the queue to judge.</summary>
    private static ReadOnlyMemory<byte> BodyOf(BinaryData body)
    {
        var bytes = body.ToMemory();
        var text = bytes.Span.TrimStart(" \t\r\n"u8).TrimEnd(" \t\r\n"u8);
        if (text.IsEmpty || text[0] == (byte)'{')
            return bytes;
        var decoded = new byte[text.Length];
        return Convert.TryFromBase64String(Encoding.ASCII.GetString(text), decoded, out var length) ? decoded.AsMemory(0, length) : bytes;
    }

    private Task<T> AskAsync<T>(Func<Task<T>> request, CancellationToken cancellation) => AzureErrors.ExplainAsync(queue.Uri, request, cancellation);

    [System.Text.RegularExpressions.GeneratedRegex("^[a-z0-9](?:-?[a-z0-9]){2,}$")]
    private static partial System.Text.RegularExpressions.Regex QueueName();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The queued hook {Message} of the queue {Queue} was put aside: {Why}.")]
        public static partial void PutAside(ILogger logger, string message, string queue, string why);
    }
}
