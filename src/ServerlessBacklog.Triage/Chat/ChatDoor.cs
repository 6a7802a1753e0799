using Microsoft.Extensions.Logging;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Chat;

/// <summary>
/// Takes in what is said in a chat: proven, written down, answered at once. What it asks for is done beside the call, because a chat waits three seconds; should
/// the process die meanwhile, a timer goes on with it.
/// </summary>
public sealed partial class ChatDoor(IEnumerable<IChat> chats, IChatStore store, ChatListener listener, ILogger<ChatDoor> logger)
{
    private readonly Dictionary<string, IChat> byName = chats.ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What is under way in this process, for hosts that end and tests that wait.</summary>
    public Task UnderWay { get; private set; } = Task.CompletedTask;

    public async Task<Reply> ReceiveAsync(string name, Call call)
    {
        if (!byName.TryGetValue(name, out var chat))
            return Reply.Error(404, $"Nothing listens to {name} here.");
        var heard = chat.Read(new HookRequest(call.Header, call.Body));
        if (heard.Request is not { } request || await store.AddAsync(request, call.Cancellation) is not { } added)
            return heard.Answer;
        UnderWay = Task.WhenAll(UnderWay.IsCompleted ? Task.CompletedTask : UnderWay, Task.Run(() => DoAsync(call, added)));
        return heard.Answer;
    }

    private async Task DoAsync(Call call, ChatRequest request)
    {
        try
        {
            await listener.HearAsync(call.Client, request, CancellationToken.None);
        }
        catch (Exception fault)
        {
            // It waits in the store; the timer takes it up.
            Log.NotDone(logger, request.Channel, fault.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "What was said in {Chat} could not be done yet ({Fault}).")]
        public static partial void NotDone(ILogger logger, string chat, string fault);
    }
}
