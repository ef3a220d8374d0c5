System.Console.WriteLine("OpenHall");
