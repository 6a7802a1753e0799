namespace ServerlessBacklog.StandIns;

internal sealed class FaultList
{
    private readonly Lock gate = new();
    private readonly List<(Fault Fault, int Left)> faults = [];

    public void Add(Fault fault)
    {
        lock (gate)
            faults.Add((fault, fault.Times));
    }

    /// <summary>The fault that strikes a request, counted as used.</summary>
    public Fault? Take(string method, string path)
    {
        lock (gate)
        {
            var index = faults.FindIndex(f => Fits(f.Fault, method, path));
            if (index < 0)
                return null;
            var (fault, left) = faults[index];
            if (left > 1)
                faults[index] = (fault, left - 1);
            else
                faults.RemoveAt(index);
            return fault;
        }
    }

    private static bool Fits(Fault fault, string method, string path) =>
        (fault.Method is null || fault.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (fault.Path is null || path.Contains(fault.Path, StringComparison.OrdinalIgnoreCase));
}
