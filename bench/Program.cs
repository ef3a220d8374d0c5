using OpenHall.Bench;

// One program, a subcommand a measurement; every line is: name value unit.
return args switch
{
    ["rating", .. var rest] => RatingBench.Run(rest),
    ["payments", .. var rest] => await PaymentsBench.Run(rest),
    ["search", .. var rest] => await SearchBench.Run(rest),
    ["billrun", .. var rest] => await BillRunBench.Run(rest),
    ["pages", .. var rest] => await PagesBench.Run(rest),
    ["match", .. var rest] => MatchBench.Run(rest),
    ["numbers", .. var rest] => await NumbersBench.Run(rest),
    ["memory", .. var rest] => await MemoryBench.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("bench rating [seconds per measurement, 2]: bills, account-years, telecom months, mail items a second on one core");
    Console.Error.WriteLine("bench payments [seconds, 6] [callers, 1,8,32]: payments a second over HTTP beside a bare floor that inserts the same rows, on both databases");
    Console.Error.WriteLine("bench search [customers, 1000000]: time of search as you type, on both databases");
    Console.Error.WriteLine("bench billrun [accounts, 100000]: bills a second from readings to written rows, and released, on both databases");
    Console.Error.WriteLine("bench pages [times, 100]: server time of pages and size of the first load");
    Console.Error.WriteLine("bench match [lines, 1000000]: seconds to match statement lines with as many payments, and lines of a file read a second");
    Console.Error.WriteLine("bench numbers [numbers, 1000000]: numbers put into the pool a second, and time of a search by pattern, on both databases");
    Console.Error.WriteLine("bench memory [clerks, 50] [seconds, 30]: memory of the program while clerks work");
    return 2;
}
