using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ServerlessBacklog.Infra.Tests;

/// <summary>The Bicep CLI. Its package holds the program for Linux on x64; elsewhere tests that need it are skipped, in CI they fail.</summary>
internal static class Bicep
{
    private static readonly string Program = Repository.Metadata("Bicep");

    private static readonly string? Missing =
        (OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64) || Environment.GetEnvironmentVariable("CI") == "true"
            ? null
            : "The Bicep CLI comes as a package for Linux on x64 only. CI runs this test.";

    /// <summary>Runs the CLI to its end.</summary>
    public static async Task<BicepRun> RunAsync(params string[] arguments)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        if (OperatingSystem.IsLinux())
            File.SetUnixFileMode(Program, File.GetUnixFileMode(Program) | UnixFileMode.UserExecute);
        using var run = Process.Start(new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // It needs no globalization library then.
            Environment = { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" },
        })!;
        var (output, errors) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        await run.WaitForExitAsync();
        return new BicepRun(run.ExitCode, await output, await errors);
    }
}

/// <param name="Said">Warnings and errors, as the CLI prints them.</param>
internal sealed record BicepRun(int ExitCode, string Output, string Said);
