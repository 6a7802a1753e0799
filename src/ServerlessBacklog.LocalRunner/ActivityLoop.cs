using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessBacklog.LocalRunner.Store;

namespace ServerlessBacklog.LocalRunner;

/// <summary>Runs one activity after the other, each attempt in a scope of its own. The commit that records a result also claims the next call.</summary>
internal sealed partial class ActivityLoop(LocalRunnerOptions options, IServiceScopeFactory scopes)
{
    private const int LongestMessage = 4000;

    public async Task RunAsync(Worker worker)
    {
        Activities.Claimed? call = null;
        while (!worker.Stopping.IsCancellationRequested)
        {
            call ??= await worker.WriteAsync(transaction => Activities.Claim(transaction, worker.Owner));
            if (call is null)
            {
                await worker.NextAsync();
                continue;
            }

            var record = await AttemptAsync(call, worker.Stopping);
            call = await worker.WriteAsync(transaction =>
            {
                record(transaction);
                return worker.Stopping.IsCancellationRequested ? null : Activities.Claim(transaction, worker.Owner);
            });
        }
    }

    /// <returns>What is to be recorded.</returns>
    private async Task<Action<Transaction>> AttemptAsync(Activities.Claimed call, CancellationToken stopping)
    {
        if (options.Registry.FindActivity(call.Name) is not { } entry)
        {
            Log.ActivityUnknown(options.Logger, call.Name);
            return transaction => Activities.GiveUp(transaction, call, $"this program has no activity '{call.Name}'.");
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var result = await entry.RunAsync(scope.ServiceProvider, call.Input, stopping);
            return transaction => Activities.Complete(transaction, call, result);
        }
        catch (Exception fault) when (stopping.IsCancellationRequested)
        {
            Log.ActivityStopped(options.Logger, call.Name, fault.Message);
            return transaction => Activities.Return(transaction, call);
        }
        catch (Exception fault)
        {
            Log.AttemptFailed(options.Logger, call.Attempt, call.Name, fault);
            var message = fault.Message.Length <= LongestMessage ? fault.Message : fault.Message[..LongestMessage];
            return transaction => Activities.Fail(transaction, call, message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Attempt {Attempt} of activity {Activity} failed.")]
        public static partial void AttemptFailed(ILogger logger, int attempt, string activity, Exception fault);

        [LoggerMessage(3, LogLevel.Error, "This program has no activity {Activity}; the call has failed.")]
        public static partial void ActivityUnknown(ILogger logger, string activity);

        [LoggerMessage(2, LogLevel.Information, "Activity {Activity} was interrupted by the shutdown and runs again later: {Message}")]
        public static partial void ActivityStopped(ILogger logger, string activity, string message);
    }
}
