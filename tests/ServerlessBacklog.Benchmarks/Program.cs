using BenchmarkDotNet.Running;
using ServerlessBacklog.Benchmarks.Deliveries;
using ServerlessBacklog.Benchmarks.Intake;
using ServerlessBacklog.Benchmarks.Models;
using ServerlessBacklog.Benchmarks.Runner;
using ServerlessBacklog.Benchmarks.Scale;

// backlog sizes: dotnet run -c Release --project tests/ServerlessBacklog.Benchmarks -- scale 2500 5000 10000
// durable engine: dotnet run -c Release --project tests/ServerlessBacklog.Benchmarks -- runner
// webhooks:      dotnet run -c Release --project tests/ServerlessBacklog.Benchmarks -- intake 10000 32
// their store:   dotnet run -c Release --project tests/ServerlessBacklog.Benchmarks -- deliveries
// what a model costs in a day: dotnet run -c Release --project tests/ServerlessBacklog.Benchmarks -- models 10000 3
// single parts:  dotnet run -c Release --project tests/ServerlessBacklog.Benchmarks -- --filter '*'
if (args is ["models", .. var day])
    return await DayCommand.RunAsync(day);
if (args is ["scale", .. var sizes])
    return await ScaleCommand.RunAsync(sizes);
if (args is ["deliveries", .. var much])
    return await DeliveryCommand.RunAsync(much);
if (args is ["runner", .. var more])
    return await RunnerCommand.RunAsync(more);
if (args is ["intake", .. var counts])
    return await IntakeCommand.RunAsync(counts);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
