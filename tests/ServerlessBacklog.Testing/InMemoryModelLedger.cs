using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Testing;

public sealed class InMemoryModelLedger : IModelLedger
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string, DateOnly), ModelUse> used = [];

    public Task<ModelUse> UsedAsync(string backlog, DateOnly day, CancellationToken cancellation)
    {
        lock (gate)
            return Task.FromResult(used.GetValueOrDefault((backlog, day), new ModelUse()));
    }

    public Task AddAsync(string backlog, DateOnly day, ModelUse use, CancellationToken cancellation)
    {
        lock (gate)
            used[(backlog, day)] = used.GetValueOrDefault((backlog, day), new ModelUse()).Plus(use);
        return Task.CompletedTask;
    }
}
