using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Http.Simulation;

/// <summary>A request that somebody wants to make.</summary>
internal sealed record Errand(string Account, HttpMethod Method, bool IsGraphQl, bool IsScheduled, TimeSpan At);

/// <summary>One process with a budget keeper of its own over rows that all share. Once killed, nothing of it goes on: no request, no row.</summary>
internal sealed class SimulatedProcess : IWriteStop, IDisposable
{
    private readonly SimulatedTime time;
    private readonly Random chance;
    private readonly PoliteHttp http;
    private readonly DateTimeOffset start;

    public SimulatedProcess(int number, DateTimeOffset start, SimulatedHost host, ITableStore tables, SimulatedTime time, Random chance, Simulation plan)
    {
        (this.time, this.chance, this.start) = (time, chance, start);
        http = new PoliteHttp(
            new MortalTables(new WaitedForTables(tables), this, time, chance, plan.StoreLatency),
            this,
            new PaceOptions(),
            time,
            NullLogger<PoliteHttp>.Instance,
            new Network(this, number, host, chance, plan.Kills),
            chance.NextDouble);
    }

    public bool IsDead { get; private set; }

    public TaskCompletionSource Death { get; } = new();

    /// <summary>Makes the request, however often the budget sends it away, and says with which status it ended.</summary>
    public async Task<int> RunAsync(Errand errand)
    {
        if (start + errand.At - time.GetUtcNow() is { Ticks: > 0 } wait)
            await Task.Delay(wait, time);
        using var client = new HttpMessageInvoker(http.HandlerFor(errand.Account));
        using var share = errand.IsScheduled ? BudgetShare.Scheduled() : null;
        while (true)
        {
            using var request = new HttpRequestMessage(errand.Method, errand.IsGraphQl ? "https://api.example/graphql" : "https://api.example/repos/o/r/issues/1/comments");
            request.Headers.Add("X-Account", errand.Account);
            if (errand.IsScheduled)
                request.Headers.Add("X-Scheduled", "1");
            if (errand.Method != HttpMethod.Get)
                request.Content = new StringContent(errand.IsGraphQl ? """{"query":"query { viewer { login } }"}""" : """{"body":"text"}""");
            try
            {
                using var response = await client.SendAsync(request, CancellationToken.None);
                return (int)response.StatusCode;
            }
            catch (BudgetExhaustedException exhausted)
            {
                var until = exhausted.Until - time.GetUtcNow();
                await Task.Delay((until.Ticks > 0 ? until : TimeSpan.Zero) + TimeSpan.FromMilliseconds(chance.Next(2000)), time);
            }
        }
    }

    public void Kill()
    {
        IsDead = true;
        Death.TrySetResult();
    }

    public void Dispose() => http.Dispose();

    public Task<WriteStop?> FindAsync(CancellationToken cancellation) => Task.FromResult<WriteStop?>(null);

    public Task StopAsync(WriteStop stop, CancellationToken cancellation) => Task.CompletedTask;

    public Task AllowAsync(CancellationToken cancellation) => Task.CompletedTask;

    private static Task Never => new TaskCompletionSource().Task;

    private sealed class Network(SimulatedProcess process, int number, SimulatedHost host, Random chance, double kills) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (process.IsDead)
                await Never;
            var dice = chance.NextDouble();
            if (dice < kills / 2)
            {
                process.Kill();
                await Never;
            }

            var answer = host.AnswerAsync(request, number, () => !process.IsDead, cancellationToken);
            if (dice < kills)
                process.Kill();
            return await answer;
        }
    }

    private sealed class MortalTables(ITableStore tables, SimulatedProcess process, SimulatedTime time, Random chance, int latency) : ITableStore
    {
        public ITable Open(string name) => new MortalTable(tables.Open(name), process, time, chance, latency);
    }

    private sealed class MortalTable(ITable table, SimulatedProcess process, SimulatedTime time, Random chance, int latency) : ITable
    {
        public async Task<TableRow?> FindAsync(string partitionKey, string rowKey, IReadOnlyCollection<string>? columns, CancellationToken cancellation)
        {
            await PassAsync();
            return await table.FindAsync(partitionKey, rowKey, columns, cancellation);
        }

        public IAsyncEnumerable<TableRow> RangeAsync(
            string partitionKey, RowKeyRange range, IReadOnlyCollection<string>? columns, CancellationToken cancellation) =>
            table.RangeAsync(partitionKey, range, columns, cancellation);

        public async Task<BatchAnswer> ApplyAsync(IReadOnlyList<TableOperation> batch, CancellationToken cancellation)
        {
            await PassAsync();
            return await table.ApplyAsync(batch, cancellation);
        }

        private async Task PassAsync()
        {
            if (latency > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(1, latency)), time);
            if (process.IsDead)
                await Never;
        }
    }
}
