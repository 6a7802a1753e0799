using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace ServerlessBacklog.EndToEnd.Tests;

/// <summary>The built <c>backlog</c> program in a directory of its own, called as a user calls it.</summary>
internal sealed class Backlog : IDisposable
{
    internal static readonly string Dll = Path.GetFullPath(
        typeof(Backlog).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "BacklogDll").Value!);

    /// <summary>The backlog that is shipped with the program.</summary>
    public static string Sample { get; } = Path.Combine(Path.GetDirectoryName(Dll)!, "samples", "seamonkey.jsonl.gz");

    public string Folder { get; } = Directory.CreateTempSubdirectory("backlog-e2e-").FullName;

    /// <summary>Environment variables that the program gets on top of ours.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(60);

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return name;
    }

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return name;
    }

    public Task<Outcome> RunAsync(params string[] arguments) => EndAsync(Start(arguments));

    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Dll);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // Tests that do not ask for it spare themselves the encoder: loading it takes half a second a process.
        start.Environment["Triage__Encoder"] = "off";
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static async Task<Outcome> EndAsync(Process process)
    {
        using (process)
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            deadline.CancelAfter(Deadline);
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
                var errors = process.StandardError.ReadToEndAsync(deadline.Token);
                await process.WaitForExitAsync(deadline.Token);
                return new Outcome(process.ExitCode, await output, await errors);
            }
            finally
            {
                if (!process.HasExited)
                    process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>What Ctrl+C does.</summary>
    public static Task InterruptAsync(Process process) => SignalAsync(process, "-INT");

    /// <summary>What a power cut does, as far as the process can tell.</summary>
    public static Task KillAsync(Process process) => SignalAsync(process, "-KILL");

    private static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

internal sealed record Outcome(int ExitCode, string Output, string Errors)
{
    public Outcome ShouldEndWith(int code)
    {
        ExitCode.ShouldBe(code, $"output: {Output}\nerrors: {Errors}");
        Errors.ShouldNotContain("   at ServerlessBacklog");
        return this;
    }
}
