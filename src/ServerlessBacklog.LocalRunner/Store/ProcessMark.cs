using System.Collections.Concurrent;
using System.Globalization;

namespace ServerlessBacklog.LocalRunner.Store;

internal enum ProcessFate
{
    /// <summary>Nothing can be told from here: another machine or container, or a process that may only be slow.</summary>
    Unknown,

    /// <summary>A runner of this very process.</summary>
    Alive,

    Dead,
}

/// <summary>Tells a runner from all others, so that one that has died is told from one that is slow.</summary>
/// <param name="Host">Machine, its boot and its process namespace: within one, process ids can be compared.</param>
/// <param name="Started">Tells a process from an older one of the same id.</param>
/// <param name="Runner">Tells runners of one process apart.</param>
internal sealed record ProcessMark(string Host, int Process, string Started, string Runner)
{
    private static readonly string ThisHost = DescribeHost();
    private static readonly string ThisStart = StartOf(Environment.ProcessId) ?? "?";
    private static readonly ConcurrentDictionary<string, bool> Living = new(StringComparer.Ordinal);

    public static ProcessMark Register()
    {
        var mark = new ProcessMark(ThisHost, Environment.ProcessId, ThisStart, Guid.NewGuid().ToString("N"));
        Living[mark.Runner] = true;
        return mark;
    }

    public void Unregister() => Living.TryRemove(Runner, out _);

    public ProcessFate Fate()
    {
        if (Host != ThisHost)
            return ProcessFate.Unknown;
        if (Process == Environment.ProcessId && Started == ThisStart)
            return Living.ContainsKey(Runner) ? ProcessFate.Alive : ProcessFate.Dead;
        return StartOf(Process) == Started ? ProcessFate.Unknown : ProcessFate.Dead;
    }

    public override string ToString() => string.Join('\n', Host, Process.ToString(CultureInfo.InvariantCulture), Started, Runner);

    public static ProcessMark Parse(string text)
    {
        var parts = text.Split('\n');
        return new ProcessMark(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2], parts[3]);
    }

    private static string DescribeHost()
    {
        if (!OperatingSystem.IsLinux())
            return Environment.MachineName;
        var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        return $"{Environment.MachineName} {boot} {new FileInfo("/proc/self/ns/pid").LinkTarget}";
    }

    /// <returns>Null when there is no such process, or only its remains.</returns>
    private static string? StartOf(int process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // pid (name) state ppid … starttime is the 22nd field; the name may hold spaces and parentheses.
                var stat = File.ReadAllText($"/proc/{process}/stat");
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                return fields[0] is "Z" or "X" ? null : fields[19];
            }

            using var found = System.Diagnostics.Process.GetProcessById(process);
            return found.HasExited ? null : found.StartTime.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
