using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OpenHall.Tests.Support;

/// <summary>The real program as a process of its own, which can be killed as a power cut would.</summary>
public sealed class RunningHall : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "openhall.dll");
    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(4);

    private readonly Process _process;

    private RunningHall(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>HTTPS (HTTP/2) with the hall's own certificate.</summary>
    public Uri SecureAddress => new($"https://127.0.0.1:{Address.Port - 1}");

    /// <summary>Plain HTTP on loopback.</summary>
    public Uri Address { get; }

    /// <param name="waitsUntilWarm">False: as soon as it answers at all, with its first pages and queries not compiled yet.</param>
    /// <param name="at">Of an earlier one whose address is taken over; null: any free port.</param>
    public static async Task<RunningHall> Start(string dataFolder, string? postgres, bool waitsUntilWarm = true, RunningHall? at = null)
    {
        var port = at is null ? FreePort() : at.Address.Port - 1;
        var address = new Uri($"http://127.0.0.1:{port + 1}");
        var process = Launch([Program, "serve", .. Arguments(dataFolder, postgres), "--port", port.ToString(CultureInfo.InvariantCulture), "--api-calls-per-minute", "0"]);
        var ready = new TaskCompletionSource();
        var said = new System.Collections.Concurrent.ConcurrentQueue<string>();
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null) ready.TrySetException(new InvalidOperationException("The program ended:\n" + string.Join('\n', said)));
            else if (line.Data.StartsWith("OpenHall is ready", StringComparison.Ordinal)) ready.TrySetResult();
            else if (said.Count < 200) said.Enqueue(line.Data);
        };
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await (waitsUntilWarm ? ready.Task : Answers(address, ready.Task)).WaitAsync(StartWithin);
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw new InvalidOperationException("The program is not ready:\n" + string.Join('\n', said));
        }

        return new(process, address);
    }

    /// <summary>Ends when the program answers, or with what became of it when it ended.</summary>
    private static async Task Answers(Uri address, Task ready)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!ready.IsCompleted)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/live", UriKind.Relative));
                return;
            }
            catch (HttpRequestException)
            {
                await again.WaitForNextTickAsync();
            }
        }

        await ready;
    }

    public int ProcessId => _process.Id;

    /// <summary>SIGKILL: nothing is flushed, nobody is told.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>What <c>openhall verify</c> says, and its exit code.</summary>
    public static Task<(int Code, string Said)> Verify(string dataFolder, string? postgres) => Run(dataFolder, postgres, "verify");

    /// <summary>Runs a command of the program to its end.</summary>
    public static async Task<(int Code, string Said)> Run(string dataFolder, string? postgres, params string[] command)
    {
        using var process = Launch([Program, .. command, .. Arguments(dataFolder, postgres)]);
        var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }

    /// <summary>Starts a command of the program and kills it as soon as it says the words.</summary>
    public static async Task KillWhenItSays(string words, string dataFolder, string? postgres, params string[] command)
    {
        using var process = Launch([Program, .. command, .. Arguments(dataFolder, postgres)]);
        var unread = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains(words, StringComparison.Ordinal)) process.Kill();
        }

        await process.WaitForExitAsync();
        if (process.ExitCode == 0) throw new InvalidOperationException($"The program ended without saying '{words}': {await unread}");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static IEnumerable<string> Arguments(string dataFolder, string? postgres) => postgres is null ? ["--data", dataFolder] : ["--data", dataFolder, "--postgres", postgres];

    private static Process Launch(IEnumerable<string> arguments) =>
        // A process that lives for seconds: its code is compiled once, not watched first to be compiled better later.
        Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, Environment = { ["DOTNET_TieredPGO"] = "0" } })!;

    // Below the ports that the system gives to outgoing connections: one of those could take it while the program is down between two starts.
    private static int _lastPort = 20_000 + Environment.ProcessId % 5_000 * 2;

    /// <summary>The port after it is the plain one.</summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = Interlocked.Add(ref _lastPort, 2);
            if (IsFree(port) && IsFree(port + 1)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
